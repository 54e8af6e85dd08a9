#pragma once
/// Where sentences and paragraphs end. Private to match/.

#include "query/query.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace pw::match {

/// Does a sentence end right before byte `pos`? A line end and the marks of scripts without spaces end one at once,
/// Latin marks when a space follows that begins neither a lower-case word nor stands behind an initial ("J.") or a
/// common title ("Mr.").
bool ends_sentence(std::string_view text, std::size_t pos);

/// The byte behind each sentence or paragraph (a line is a paragraph) of the text, ascending; the last is its size.
std::vector<std::uint32_t> unit_ends(std::string_view text, query::Reach reach);

/// The sentence around a byte of a text, without the white space around it; long ones are cut.
std::string_view sentence_at(std::string_view text, std::size_t offset);

}  // namespace pw::match
