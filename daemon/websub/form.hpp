#pragma once
/// application/x-www-form-urlencoded (URL Standard, section 5), as used in the hub's query strings and in our requests.
/// Pure functions; any thread.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pw::websub {

/// The decoded value of the first field with this name, or "".
std::string form_field(std::string_view form, std::string_view name);

/// Encodes the fields in order.
std::string to_form(const std::vector<std::pair<std::string, std::string>>& fields);

}  // namespace pw::websub
