#pragma once
/// Words of four letters and more that say nothing about what a text is about.

#include <string_view>

namespace pw::extract {

/// `folded` is a word as text::Tokens gives it.
bool is_stop_word(std::string_view folded);

}  // namespace pw::extract
