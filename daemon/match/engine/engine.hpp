#pragma once
/// The compiled queries that articles are matched against. Private to match.

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

/// The postings of each number or term, in one array.
struct Postings {
  std::vector<std::uint32_t> begins;  ///< start of each owner's postings, and the end of the last
  std::vector<std::uint32_t> words;

  [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t owner) const {
    return std::span(words).subspan(begins[owner], begins[owner + 1] - begins[owner]);
  }
  [[nodiscard]] std::size_t bytes() const { return (begins.capacity() + words.capacity()) * sizeof(std::uint32_t); }
};

/// The compiled tables; program.hpp describes their encoding. Immutable, so threads may share it. Built by
/// EngineBuilder.
struct Engine {
  std::uint32_t queries = 0;
  std::uint32_t numbers = 0;
  std::uint32_t terms = 0;
  Dictionary words;
  PrefixTable prefixes;
  PairTable pairs;
  Postings by_number;
  Postings by_term;
  std::vector<std::uint32_t> term_begins;  ///< by term: offset of its header in term_data
  std::vector<std::uint32_t> term_data;
  std::vector<std::uint32_t> code;
  std::vector<std::uint32_t> always;  ///< fragments without a trigger, evaluated for every article
  struct Spelling {
    std::string text;
    std::uint32_t before;  ///< number of bytes before its first word
  };
  std::vector<Spelling> spellings;
  std::vector<Compiled> opaque;  ///< trees left to the reference evaluator
  Vocabulary opaque_words;

  /// Memory used by the tables, in bytes, without the opaque trees.
  [[nodiscard]] std::size_t bytes() const;
};

}  // namespace pw::match
