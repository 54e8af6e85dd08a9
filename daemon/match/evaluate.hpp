#pragma once
/// Is a query true of a reading, and where does it stand? The reference that the engine is tested against, and what
/// explains the queries that matched. Private to match/.

#include "match/reading.hpp"

#include <algorithm>

namespace pw::match {

/// A query's tree with its words as numbers.
struct Compiled {
  Node node;                           ///< children are moved out to `children`
  std::vector<std::uint32_t> numbers;  ///< of tokens, or of the prefix
  std::vector<Compiled> children;
};

Compiled compile(Node node, Vocabulary& vocabulary);

bool evaluate(const Compiled& query, const Reading& reading);

/// Of an exact form whose first word is at `begin`: does the text have the spelling, `before` bytes of it before the
/// word?
bool is_written_at(std::string_view text, std::size_t begin, std::uint32_t before, std::string_view spelling);

/// Of a node of kind property.
bool property_holds(const Node& node, const Document& document);

/// A place of each side of a NEAR.
struct NearPair {
  Span left;
  Span right;
  [[nodiscard]] Span hull() const { return {std::min(left.first, right.first), std::max(left.last, right.last)}; }
};
/// The pairs of a NEAR in a field, by their left places; at most so many.
std::vector<NearPair> near_pairs(const Compiled& near, const Reading& reading, std::size_t field, std::size_t most);

/// Where a leaf, or an OR of leaves, stands in a field, ascending.
std::vector<Span> spans(const Compiled& query, const Reading& reading, std::size_t field);

}  // namespace pw::match
