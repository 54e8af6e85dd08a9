#pragma once
/// Words of four or more letters that do not indicate a topic.

#include <string_view>

namespace pw::extract {

/// True for a stop word. `folded` is a word as returned by text::Tokens. Any thread.
bool is_stop_word(std::string_view folded);

}  // namespace pw::extract
