#pragma once
/// Explains why a query matched: terms, positions, sentence, score. Private to match.

#include "match/engine/evaluate.hpp"
#include "match/match.hpp"

namespace pw::match {

/// For a query that matches the article. Never reports terms under NOT. Not for concurrent use of the same `reading`.
Match explain(const Compiled& query, const PositionIndex& reading);

}  // namespace pw::match
