#include "cli/highlight.hpp"

#include "core/text.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace pw::cli {

bool terminal_has_colour() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): the command has one thread
  return ::isatty(STDOUT_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr;
}

Palette::Palette(bool on) {
  if (!on) return;
  bold = "\x1b[1m";
  dim = "\x1b[2m";
  mark = "\x1b[1;33m";
  high = "\x1b[1;31m";
  reset = "\x1b[0m";
}

std::string highlight(std::string_view text, std::vector<std::pair<std::size_t, std::size_t>> ranges,
                      const Palette& palette, std::string_view style) {
  std::ranges::sort(ranges);
  std::string out(style);
  std::size_t done = 0;
  const auto plain = [&](std::size_t from, std::size_t to) {
    out += printable(text.substr(from, to - from), text.size());
  };
  for (const auto& [begin, end] : ranges) {
    if (end > text.size() || begin >= end || end <= done) continue;
    const std::size_t from = std::max(begin, done);
    plain(done, from);
    out += palette.mark;
    plain(from, end);
    out += palette.reset;
    out += style;
    done = end;
  }
  plain(done, text.size());
  if (!style.empty()) out += palette.reset;
  return out;
}

std::vector<std::pair<std::size_t, std::size_t>> find_words(std::string_view text,
                                                            const std::vector<std::string>& words) {
  std::vector<std::pair<std::size_t, std::size_t>> out;
  for (const std::string& word : words) {
    if (word.empty()) continue;
    for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + word.size())) {
      out.emplace_back(at, at + word.size());
    }
  }
  return out;
}

}  // namespace pw::cli
