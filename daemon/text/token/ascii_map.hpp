#pragma once
/// The tight loop of the analyser: a copy of a text with ASCII in lower case, and where words begin and end.
/// Private to match/.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace pw::text {

/// Keeps its memory between uses.
class AsciiMap {
 public:
  static constexpr std::size_t kBlock = 64;

  /// Letters, digits, apostrophes and bytes that are not ASCII, in a row.
  struct Run {
    std::uint32_t begin;
    std::uint32_t end;
  };

  /// Writes the text, ASCII letters in lower case, to `lower`, which needs room for kBlock bytes more than the text
  /// has.
  void read(std::string_view text, char* lower);

  /// All runs, ascending; behind the last one is no other.
  [[nodiscard]] std::span<const Run> runs() const { return {runs_.data(), run_count_}; }
  /// Where apostrophes and bytes that are not ASCII begin, ascending; ended by kNone.
  [[nodiscard]] const std::uint32_t* specials() const { return specials_.data(); }

  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

 private:
  std::vector<Run> runs_;
  std::size_t run_count_ = 0;
  std::vector<std::uint32_t> specials_;
};

}  // namespace pw::text
