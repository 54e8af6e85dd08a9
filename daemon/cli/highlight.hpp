#pragma once
/// Prepares untrusted text for a terminal: escapes control characters and highlights matched words.

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

/// Returns the text on one line, safe for a terminal, with the byte ranges highlighted and the rest in `style`
/// (palette.bold, or nothing). Overlapping ranges are merged, out-of-range ones ignored.
std::string highlight(std::string_view text, std::vector<std::pair<std::size_t, std::size_t>> ranges,
                      const Palette& palette, std::string_view style = {});

/// Byte ranges where the words occur in `text`, compared byte by byte.
std::vector<std::pair<std::size_t, std::size_t>> find_words(std::string_view text,
                                                            const std::vector<std::string>& words);

}  // namespace pw::cli
