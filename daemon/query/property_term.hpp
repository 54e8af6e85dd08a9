#pragma once
/// What is asked of an article beside its text: lang:fa, site:example.org. Private to match/.

#include "query/lexer.hpp"

namespace pw::query {

/// The leaf of a value or range, in the form that articles have it: lang:eng is lang:en, site:https://www.example.org/
/// is site:example.org. Throws Refusal for what no article could ever have.
Node read_property(const Lexeme& one);

}  // namespace pw::query
