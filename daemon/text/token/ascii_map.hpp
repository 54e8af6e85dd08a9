#pragma once
/// The inner loop of the tokenizer: lower-cases ASCII and finds word boundaries. Private to text/token.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace pw::text {

/// The word boundaries of one text. Reuses its memory between calls; not thread-safe.
class AsciiMap {
 public:
  static constexpr std::size_t kBlock = 64;

  /// A sequence of letters, digits, apostrophes and non-ASCII bytes.
  struct Run {
    std::uint32_t begin;
    std::uint32_t end;
  };

  /// Scans `text` and writes a copy with ASCII letters in lower case to `lower`, which must have room for kBlock bytes
  /// more than the text.
  void read(std::string_view text, char* lower);

  /// All runs, in ascending order; adjacent runs are always separated.
  [[nodiscard]] std::span<const Run> runs() const { return {runs_.data(), run_count_}; }
  /// Start positions of apostrophes and non-ASCII bytes, ascending and terminated by kNone.
  [[nodiscard]] const std::uint32_t* specials() const { return specials_.data(); }

  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

 private:
  std::vector<Run> runs_;
  std::size_t run_count_ = 0;
  std::vector<std::uint32_t> specials_;
};

}  // namespace pw::text
