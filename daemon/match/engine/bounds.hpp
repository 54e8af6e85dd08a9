#pragma once
/// Boundaries of sentences and paragraphs. Private to match. Pure functions; any thread. Offsets are in bytes.

#include "query/query.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace pw::match {

/// True if a sentence ends just before byte `pos`. Line ends and the punctuation of scripts without spaces always end a
/// sentence. Latin punctuation ends one if a space follows, unless the next word is lower case or the full stop belongs
/// to an initial ("J.") or a common title ("Mr.").
bool ends_sentence(std::string_view text, std::size_t pos);

/// The end offset of each sentence or paragraph of the text, in ascending order (each line is a paragraph). The last is
/// the size of the text.
std::vector<std::uint32_t> unit_ends(std::string_view text, query::Reach reach);

/// The sentence that contains the byte at `offset`, without surrounding white space. Long sentences are truncated.
std::string_view sentence_at(std::string_view text, std::size_t offset);

}  // namespace pw::match
