#pragma once
/// Why a query matched: terms, places, sentence, score. Private to match/.

#include "match/evaluate.hpp"

namespace pw::match {

/// Of a query that is true of the reading. Terms under NOT are never named.
Match explain(const Compiled& query, const Reading& reading);

/// The sentence around a byte of a text, without the white space around it.
std::string_view sentence_at(std::string_view text, std::size_t offset);

}  // namespace pw::match
