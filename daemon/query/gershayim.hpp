#pragma once
/// The quotation mark used as a letter-like sign in Hebrew abbreviations.

#include <cstddef>
#include <string_view>

namespace pw::query {

/// True if the byte at `at` is a " between two Hebrew letters. It is then part of the word and not a quote. Any thread.
bool is_gershayim(std::string_view text, std::size_t at);

}  // namespace pw::query
