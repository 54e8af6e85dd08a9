#pragma once
/// How common words are: what the engine chooses rare words by. A wrong figure costs time, never a match.

#include "match/match.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string_view>

namespace pw::match {

/// Bytes of a text that takes so much memory to be matched, some fifteen times its size, that what was taken is better
/// given back than kept for the next.
inline constexpr std::size_t kLongText = std::size_t{256} << 10U;

/// Shares of articles that hold a word, counted by hash in a table of fixed size (1 MiB). Any thread.
class Frequencies {
 public:
  Frequencies();
  ~Frequencies();

  /// Counts the words of an article.
  void learn(const Document& document);

  /// The share of articles with this folded word, above 0 and at most 1. Without articles: a guess by its length.
  [[nodiscard]] double of_word(std::string_view word) const;
  /// The share of articles with a word that begins so: a guess by its length.
  [[nodiscard]] static double of_prefix(std::string_view prefix);

 private:
  static constexpr std::size_t kCounters = 1U << 18U;
  std::unique_ptr<std::array<std::atomic<std::uint32_t>, kCounters>> counters_;
  std::atomic<std::uint32_t> articles_ = 0;
};

}  // namespace pw::match
