#pragma once
/// Sets of token positions, and a limit on the work spent on them. Private to match.

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

namespace pw::match {

/// A set of positions in one field, as a bitmap. Not thread-safe.
class Positions {
 public:
  explicit Positions(std::uint32_t size = 0) : words_((std::size_t{size} + kBits - 1) / kBits) {}

  void add(std::uint32_t at) { words_[at / kBits] |= std::uint64_t{1} << (at % kBits); }
  /// Adds a range, including `last`.
  void add_range(std::uint32_t first, std::uint32_t last) {
    const std::uint64_t low = ~std::uint64_t{0} << (first % kBits);
    const std::uint64_t high = ~std::uint64_t{0} >> (kBits - 1 - last % kBits);
    if (first / kBits == last / kBits) {
      words_[first / kBits] |= low & high;
      return;
    }
    words_[first / kBits] |= low;
    for (std::size_t i = first / kBits + 1; i < last / kBits; ++i) words_[i] = ~std::uint64_t{0};
    words_[last / kBits] |= high;
  }

  [[nodiscard]] bool has(std::uint32_t at) const { return (words_[at / kBits] >> (at % kBits) & 1U) != 0; }
  [[nodiscard]] bool none() const {
    return std::ranges::all_of(words_, [](std::uint64_t word) { return word == 0; });
  }
  [[nodiscard]] std::size_t words() const { return words_.size(); }

  Positions& operator|=(const Positions& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
    return *this;
  }
  Positions& operator&=(const Positions& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
    return *this;
  }

  /// Calls `use` with each position, in ascending order.
  template <class F>
  void each(F&& use) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      for (std::uint64_t left = words_[i]; left != 0; left &= left - 1) {
        use(static_cast<std::uint32_t>(i * kBits + static_cast<std::size_t>(std::countr_zero(left))));
      }
    }
  }

 private:
  static constexpr std::uint32_t kBits = 64;
  std::vector<std::uint64_t> words_;
};

/// Limits the work spent on the NEARs of one article, so that a malicious page cannot block a thread. A step is one
/// position, or one machine word of a set, that is examined. Not thread-safe.
class Steps {
 public:
  /// A few tenths of a second. A nested NEAR over an article of 10,000 words takes a ten-thousandth of it.
  static constexpr std::uint64_t kOfAnArticle = 300'000'000;

  explicit Steps(std::uint64_t most = kOfAnArticle) : most_(most) {}

  /// Takes steps. Returns false, and uses up the rest, if fewer are left.
  bool take(std::uint64_t steps) {
    taken_ = std::min(most_, taken_ + steps);
    return !used_up();
  }
  [[nodiscard]] bool used_up() const { return taken_ == most_; }
  [[nodiscard]] std::uint64_t taken() const { return taken_; }

 private:
  std::uint64_t most_;
  std::uint64_t taken_ = 0;
};

}  // namespace pw::match
