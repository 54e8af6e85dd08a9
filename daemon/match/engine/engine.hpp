#pragma once
/// The compiled queries: what an article is held against. Private to match/.

#include "match/engine/dictionary.hpp"
#include "match/engine/evaluate.hpp"
#include "match/engine/pair_table.hpp"
#include "match/engine/prefix_table.hpp"
#include "match/engine/program.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace pw::match {

/// What each number or term sets going, in one row.
struct Postings {
  std::vector<std::uint32_t> begins;  ///< one more than there are owners
  std::vector<std::uint32_t> words;

  [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t owner) const {
    return std::span(words).subspan(begins[owner], begins[owner + 1] - begins[owner]);
  }
  [[nodiscard]] std::size_t bytes() const { return (begins.capacity() + words.capacity()) * sizeof(std::uint32_t); }
};

/// Immutable; threads share it. Made by EngineBuilder.
struct Engine {
  std::uint32_t queries = 0;
  std::uint32_t numbers = 0;
  std::uint32_t terms = 0;
  Dictionary words;
  PrefixTable prefixes;
  PairTable pairs;
  Postings by_number;
  Postings by_term;
  std::vector<std::uint32_t> term_begins;  ///< where a term's header is in term_data
  std::vector<std::uint32_t> term_data;
  std::vector<std::uint32_t> code;
  std::vector<std::uint32_t> always;  ///< fragments that no word announces
  struct Spelling {
    std::string text;
    std::uint32_t before;  ///< bytes of it before its first word
  };
  std::vector<Spelling> spellings;
  std::vector<Compiled> opaque;  ///< left to the reference evaluator
  Vocabulary opaque_words;

  /// Memory of the tables, without that of opaque trees.
  [[nodiscard]] std::size_t bytes() const;
};

}  // namespace pw::match
