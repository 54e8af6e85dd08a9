#pragma once
/// Words to numbers. Private to match/.

#include "match/engine/token_hash.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pw::match {

/// A hash table whose slots hold short words whole; the bytes of longer ones stand beside it and are compared.
class Dictionary {
 public:
  static constexpr std::uint32_t kUnknown = 0xFFFFFFFF;

  Dictionary();

  [[nodiscard]] std::uint32_t find(const TokenHash& hash, std::string_view word) const;
  /// The word must not be known yet.
  void insert(const TokenHash& hash, std::string_view word, std::uint32_t number);
  /// Fetches what find will look at first.
  void prefetch(const TokenHash& hash) const { __builtin_prefetch(&slots_[hash.hash & mask_]); }

  [[nodiscard]] std::size_t size() const { return count_; }
  [[nodiscard]] std::size_t bytes() const { return slots_.capacity() * sizeof(Slot) + long_words_.capacity(); }

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t number = kUnknown;
    std::uint32_t size_or_place = 0;  ///< up to kWholeKey the length, else kWholeKey + the place in long_words_
  };

  [[nodiscard]] bool holds(const Slot& slot, const TokenHash& hash, std::string_view word) const;
  void place(const Slot& slot, std::uint64_t hash);
  void grow();
  [[nodiscard]] std::string_view long_word(const Slot& slot) const;

  std::vector<Slot> slots_;
  std::uint64_t mask_;
  std::size_t count_ = 0;
  std::string long_words_;  ///< each behind its length in four bytes
};

}  // namespace pw::match
