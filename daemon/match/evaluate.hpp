#pragma once
/// Is a query true of a reading, and where does it stand? Private to match/.

#include "match/reading.hpp"

namespace pw::match {

/// A query's tree with its words as numbers.
struct Compiled {
  Node node;                           ///< children are moved out to `children`
  std::vector<std::uint32_t> numbers;  ///< of tokens, or of the prefix
  std::vector<Compiled> children;
};

Compiled compile(Node node, Vocabulary& vocabulary);

/// The words of which at least one must stand in an article that the query matches, the rarest way by what is known:
/// OR needs all children's, AND the cheapest child's. Empty: there is none (then the query is always tried).
std::vector<std::uint32_t> cover(const Compiled& query);

bool evaluate(const Compiled& query, const Reading& reading);

/// Where a leaf, or an OR of leaves, stands in a field, ascending.
std::vector<Span> spans(const Compiled& query, const Reading& reading, std::size_t field);

}  // namespace pw::match
