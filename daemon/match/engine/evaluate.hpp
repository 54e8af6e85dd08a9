#pragma once
/// Is a query true of a reading, and where does it stand? The reference that the engine is tested against, and what
/// explains the queries that matched. Private to match/.

#include "match/engine/position_index.hpp"

#include <vector>

namespace pw::match {

/// A query's tree with its words as numbers.
struct Compiled {
  query::Node node;                    ///< children are moved out to `children`
  std::vector<std::uint32_t> numbers;  ///< of tokens, or of the prefix
  std::vector<Compiled> children;
};

Compiled compile(query::Node node, Vocabulary& vocabulary);

/// When the reading's steps are used up the answer means nothing.
bool evaluate(const Compiled& query, const PositionIndex& reading);

/// Of an exact form whose first word is at `begin`: does the text have the spelling, `before` bytes of it before the
/// word?
bool is_written_at(std::string_view text, std::size_t begin, std::uint32_t before, std::string_view spelling);

/// Of a node of kind property.
bool property_holds(const query::Node& node, const Document& document);

/// Where a leaf, or an OR of leaves, stands in a field, ascending.
std::vector<Span> spans(const Compiled& query, const PositionIndex& reading, std::size_t field);

}  // namespace pw::match
