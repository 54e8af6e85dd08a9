#pragma once
/// The reference evaluator: decides whether a query matches an article, and where. The engine is tested against it, and
/// it explains the queries that matched. Private to match. Pure functions; any thread, but a PositionIndex must not be
/// shared by threads.

#include "match/engine/position_index.hpp"

#include <vector>

namespace pw::match {

/// A query tree with its words as numbers.
struct Compiled {
  query::Node node;                    ///< its children are moved to `children`
  std::vector<std::uint32_t> numbers;  ///< of its tokens, or of its prefix
  std::vector<Compiled> children;
};

/// Numbers the words of a query, adding new ones to `vocabulary`.
Compiled compile(query::Node node, Vocabulary& vocabulary);

/// True if the query matches. Meaningless if the index has used up its steps.
bool evaluate(const Compiled& query, const PositionIndex& reading);

/// For an exact form: true if `text` contains `spelling` such that its first word, which starts `before` bytes into the
/// spelling, is at `begin`.
bool is_written_at(std::string_view text, std::size_t begin, std::uint32_t before, std::string_view spelling);

/// Evaluates a node of kind property.
bool property_holds(const query::Node& node, const Document& document);

/// The positions of a leaf, or an OR of leaves, in a field, in ascending order.
std::vector<Span> spans(const Compiled& query, const PositionIndex& reading, std::size_t field);

}  // namespace pw::match
