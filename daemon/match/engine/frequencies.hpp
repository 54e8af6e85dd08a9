#pragma once
/// Estimates how common words are, so that the engine can choose rare ones as triggers. A wrong estimate costs time,
/// never a match.

#include "match/document.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string_view>

namespace pw::match {

class TokenIndex;

/// Matching a text takes about fifteen times its size in memory. Above this size, in bytes, the memory is better
/// released than kept for the next article.
inline constexpr std::size_t kLongText = std::size_t{256} << 10U;

/// Counts the share of articles that contain a word, by hash in a table of fixed size (1 MiB). Thread-safe.
class Frequencies {
 public:
  Frequencies();
  ~Frequencies();

  /// Counts the words of an article.
  void learn(const Document& document);
  /// Counts the words of an article that has been tokenized already.
  void learn(const TokenIndex& article);

  /// The share of articles that contain this folded word, greater than 0 and at most 1. Without data, an estimate from
  /// the length of the word.
  [[nodiscard]] double of_word(std::string_view word) const;
  /// The share of articles that contain a word with this prefix, estimated from its length.
  [[nodiscard]] static double of_prefix(std::string_view prefix);

 private:
  static constexpr std::size_t kCounters = 1U << 18U;
  std::unique_ptr<std::array<std::atomic<std::uint32_t>, kCounters>> counters_;
  std::atomic<std::uint32_t> articles_ = 0;
};

}  // namespace pw::match
