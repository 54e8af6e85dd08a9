#pragma once
/// Maps words to numbers. Private to match.

#include "match/engine/token_hash.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pw::match {

/// A hash table that stores short words in its slots. Longer words are stored separately and compared in full. Lookups
/// may run on several threads; insert() must not run concurrently with anything else.
class Dictionary {
 public:
  static constexpr std::uint32_t kUnknown = 0xFFFFFFFF;

  Dictionary();

  /// The number of a word, or kUnknown.
  [[nodiscard]] std::uint32_t find(const TokenHash& hash, std::string_view word) const;
  /// Adds a word, which must not be present yet.
  void insert(const TokenHash& hash, std::string_view word, std::uint32_t number);
  /// Prefetches the slot that find() reads first.
  void prefetch(const TokenHash& hash) const { __builtin_prefetch(&slots_[hash.hash & mask_]); }

  [[nodiscard]] std::size_t size() const { return count_; }
  [[nodiscard]] std::size_t bytes() const { return slots_.capacity() * sizeof(Slot) + long_words_.capacity(); }

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t number = kUnknown;
    std::uint32_t size_or_place = 0;  ///< the length, if at most kWholeKey; otherwise kWholeKey + the offset in
                                      ///< long_words_
  };

  [[nodiscard]] bool holds(const Slot& slot, const TokenHash& hash, std::string_view word) const;
  void place(const Slot& slot, std::uint64_t hash);
  void grow();
  [[nodiscard]] std::string_view long_word(const Slot& slot) const;

  std::vector<Slot> slots_;
  std::uint64_t mask_;
  std::size_t count_ = 0;
  std::string long_words_;  ///< each preceded by its length in four bytes
};

}  // namespace pw::match
