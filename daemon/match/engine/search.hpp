#pragma once
/// Matches articles against an engine. Private to match.

#include "match/engine/engine.hpp"
#include "match/engine/token_index.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace pw::match {

/// An array of small bit sets. Clearing takes time proportional to the entries that were set. Not thread-safe.
template <unsigned Bits>
class ScratchBits {
 public:
  explicit ScratchBits(std::size_t count) : words_(count * Bits / 64 + 1, 0) {}

  [[nodiscard]] unsigned get(std::uint32_t index) const {
    const std::uint64_t bit = std::uint64_t{index} * Bits;
    return static_cast<unsigned>(words_[bit / 64] >> (bit % 64)) & ((1U << Bits) - 1);
  }
  /// Adds bits to those already set.
  void set(std::uint32_t index, unsigned bits) {
    const std::uint64_t bit = std::uint64_t{index} * Bits;
    std::uint64_t& word = words_[bit / 64];
    if (word == 0) touched_.push_back(static_cast<std::uint32_t>(bit / 64));
    word |= std::uint64_t{bits} << (bit % 64);
  }
  void forget() {
    for (const std::uint32_t word : touched_) words_[word] = 0;
    touched_.clear();
  }

 private:
  std::vector<std::uint64_t> words_;
  std::vector<std::uint32_t> touched_;
};

/// Runs an engine, which must outlive it. Not thread-safe; use one object per thread. After a few articles of the usual
/// size it no longer allocates.
class Search {
 public:
  explicit Search(const Engine& engine);

  /// Appends the indexes of the matching queries, each once, in no particular order.
  void run(const TokenIndex& tokens, const Document& document, std::vector<std::uint32_t>& out);
  /// Queries that the last run() could not decide, because the article used up its steps.
  [[nodiscard]] const std::vector<std::uint32_t>& undecided() const { return undecided_; }

 private:
  static constexpr unsigned kFalse = 1;
  static constexpr unsigned kTrue = 2;
  static constexpr unsigned kFired = 3;
  static constexpr unsigned kTried = 1;
  static constexpr unsigned kMatched = 2;
  /// Flag in where_: the value is the first hit of a prefix rather than a distinct token.
  static constexpr std::uint32_t kPrefix = 0x80000000;

  struct TermView {
    TermHeader header;
    std::span<const std::uint32_t> data;
  };
  struct PrefixHit {
    std::uint32_t token;
    std::uint32_t next;
  };

  void look_up();
  void look_up_prefixes();
  void look_up_pairs();
  void note_number(std::uint32_t number, std::uint32_t where);

  void fire(std::span<const std::uint32_t> postings, bool is_known = true);
  void wake(std::uint32_t term);
  void test(std::uint32_t fragment);
  void match(std::uint32_t query);
  void leave_undecided(std::uint32_t query);

  // The results of these functions are valid only if is_known_ is true.
  bool holds(Ref ref);
  bool holds(const std::uint32_t*& code);
  bool find_out(std::uint32_t term);

  [[nodiscard]] TermView term(std::uint32_t index) const;
  [[nodiscard]] bool in_field(query::Field field, std::uint32_t first, std::uint32_t last) const;
  void places_of_any(std::span<const std::uint32_t> refs, std::vector<Span>& out);
  template <class F>
  bool each_phrase(std::span<const std::uint32_t> numbers, query::Field field, F&& found);
  template <class F>
  bool each_place(const TermView& view, F&& found);
  bool has_window(const TermView& view);
  bool has_near(const TermView& view);
  bool has_at_least(const TermView& view);
  bool has_opaque(const TermView& view);

  const Engine& engine_;
  const TokenIndex* tokens_ = nullptr;
  const Document* document_ = nullptr;
  std::vector<std::uint32_t>* out_ = nullptr;

  ScratchBits<1> present_;
  ScratchBits<2> terms_;
  ScratchBits<2> queries_;
  std::vector<std::uint32_t> where_;    ///< by number, if present: the distinct token, or the first hit of a prefix
  std::vector<std::uint32_t> numbers_;  ///< by distinct token
  std::vector<std::uint32_t> seen_;     ///< numbers that are present
  std::vector<PrefixHit> prefix_hits_;
  std::vector<std::uint32_t> pairs_;  ///< terms of adjacent words in the article

  std::vector<std::uint32_t> phrase_;  ///< distinct tokens of the phrase being searched for
  std::vector<Span> left_;
  std::vector<Span> right_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> events_;  ///< of a window: position and word
  std::vector<std::uint32_t> wanted_;
  std::vector<std::uint32_t> have_;
  std::unique_ptr<PositionIndex> reading_;  ///< for opaque trees
  bool is_read_ = false;
  bool is_known_ = true;                  ///< false: the last result would have taken too many steps
  std::vector<std::uint32_t> undecided_;  ///< queries
};

}  // namespace pw::match
