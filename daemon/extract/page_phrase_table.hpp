#pragma once
/// The phrases of page_phrases.hpp by language. Private to extract/.

#include "extract/page_phrases.hpp"

#include <span>
#include <string_view>

namespace pw::extract {

/// Phrases as people write them, separated by "|"; one that begins with "=" must be all of a title or of a part of it.
struct PhraseRow {
  PhraseKind kind;
  std::string_view language;
  std::string_view phrases;
};

extern const std::span<const PhraseRow> kPhraseRows;

}  // namespace pw::extract
