#pragma once
/// Reads JSON as it is found on the web, with the mistakes that people make in it.

#include <boost/json/fwd.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace pw {

/// The objects and arrays in `text` as one well-formed JSON array (RFC 8259), so that damage costs only the member it
/// is in. Accepts several values in a row, missing and surplus commas and brackets, an end that is missing, raw line
/// breaks, quotes and other control characters in strings, strings in single quotes, unknown escapes, lone surrogates
/// (U+FFFD), names without quotes, comments, CDATA marks, quotes that were escaped (&quot; or \") throughout, and
/// undefined or NaN (null). What is nested deeper than `max_depth` becomes null. Invalid UTF-8 is kept. Linear in the
/// length. Any thread.
std::string repair_json(std::string_view text, std::size_t max_depth = 64);

/// The values in `text`: as it is if it is well-formed, except for comments and trailing commas; otherwise the elements
/// of repair_json(). Empty if it contains no value. `damaged`, if given, says which. Any thread.
boost::json::array parse_lenient_json(std::string_view text, bool* damaged = nullptr);

}  // namespace pw
