#pragma once
/// Assigns numbers to words, prefixes and terms, shared by all queries. Private to match.

#include "match/engine/dictionary.hpp"
#include "match/engine/frequencies.hpp"
#include "match/engine/program.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace pw::match {

/// Used while an engine is built. `frequencies` must outlive it. Not thread-safe.
class Interner {
 public:
  explicit Interner(const Frequencies& frequencies);

  std::uint32_t word(std::string_view text);
  std::uint32_t prefix(const std::string& text);
  /// The estimated share of articles that contain the word or prefix.
  [[nodiscard]] double share(std::uint32_t number) const { return static_cast<double>(shares_[number]); }

  struct Term {
    std::uint32_t index;
    bool is_new;
  };
  Term term(const TermHeader& header, std::span<const std::uint32_t> data);
  [[nodiscard]] std::span<const std::uint32_t> data(std::uint32_t term) const;

  [[nodiscard]] std::uint32_t numbers() const { return static_cast<std::uint32_t>(shares_.size()); }
  [[nodiscard]] std::uint32_t terms() const { return static_cast<std::uint32_t>(term_begins_.size()); }

  Dictionary take_words() { return std::move(words_); }
  [[nodiscard]] std::vector<std::pair<std::string, std::uint32_t>> prefixes() const;
  std::vector<std::uint32_t> take_term_begins() { return std::move(term_begins_); }
  std::vector<std::uint32_t> take_term_data() { return std::move(term_data_); }

 private:
  void grow();
  [[nodiscard]] std::span<const std::uint32_t> stored(std::uint32_t term) const;
  static std::uint64_t hash(std::span<const std::uint32_t> words);

  const Frequencies& frequencies_;
  Dictionary words_;
  std::unordered_map<std::string, std::uint32_t> prefixes_;
  std::vector<float> shares_;
  std::vector<std::uint32_t> term_begins_;
  std::vector<std::uint32_t> term_data_;
  std::vector<std::uint32_t> slots_;  ///< open addressing; term index plus one, 0 is empty
};

}  // namespace pw::match
