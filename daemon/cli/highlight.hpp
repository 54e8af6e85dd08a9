#pragma once
/// Text from outside for a terminal: control characters shown as escapes, matched words marked.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pw::cli {

/// True when stdout is a terminal and NO_COLOR (no-color.org) is not set.
bool terminal_has_colour();

struct Palette {
  explicit Palette(bool on);
  std::string_view bold, dim, mark, high, reset;
};

/// The text on one line, safe for a terminal, with the byte ranges marked and the rest in `style` (palette.bold, or
/// nothing). Ranges that overlap or lie outside are joined or left out.
std::string highlight(std::string_view text, std::vector<std::pair<std::size_t, std::size_t>> ranges,
                      const Palette& palette, std::string_view style = {});

/// The byte ranges in `text` where one of the words stands, compared byte by byte.
std::vector<std::pair<std::size_t, std::size_t>> find_words(std::string_view text,
                                                            const std::vector<std::string>& words);

}  // namespace pw::cli
