#pragma once
/// Finds phrases of two common words, by looking up each pair of adjacent words of the article. Private to match.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace pw::match {

/// A phrase of two words.
struct Pair {
  std::uint32_t first;   ///< word number
  std::uint32_t second;  ///< word number
  std::uint32_t term;    ///< the phrase
};

/// A hash table of pairs. Immutable after construction; any thread.
class PairTable {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  PairTable() = default;
  PairTable(std::span<const Pair> pairs, std::size_t numbers);

  [[nodiscard]] bool empty() const { return slots_.empty(); }
  [[nodiscard]] bool begins(std::uint32_t number) const { return (roles_[number] & kBegins) != 0; }
  [[nodiscard]] bool ends(std::uint32_t number) const { return (roles_[number] & kEnds) != 0; }
  /// The term for two adjacent words, or kNone.
  [[nodiscard]] std::uint32_t find(std::uint32_t first, std::uint32_t second) const;
  [[nodiscard]] std::size_t bytes() const { return slots_.capacity() * sizeof(Pair) + roles_.capacity(); }

 private:
  static constexpr std::uint8_t kBegins = 1;
  static constexpr std::uint8_t kEnds = 2;

  std::vector<Pair> slots_;  ///< open addressing; an empty slot has the term kNone
  std::size_t mask_ = 0;
  std::vector<std::uint8_t> roles_;  ///< by number
};

}  // namespace pw::match
