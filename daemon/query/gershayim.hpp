#pragma once
/// The quotation mark that is a letter's companion in Hebrew abbreviations.

#include <cstddef>
#include <string_view>

namespace pw::query {

/// Is this byte a " between two Hebrew letters? Then it is part of the word, and no quote.
bool is_gershayim(std::string_view text, std::size_t at);

}  // namespace pw::query
