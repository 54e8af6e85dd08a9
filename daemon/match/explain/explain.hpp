#pragma once
/// Why a query matched: terms, places, sentence, score. Private to match/.

#include "match/engine/evaluate.hpp"

namespace pw::match {

/// Of a query that is true of the reading. Terms under NOT are never named.
Match explain(const Compiled& query, const PositionIndex& reading);

}  // namespace pw::match
