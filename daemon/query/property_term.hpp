#pragma once
/// Terms about an article's metadata rather than its text: lang:fa, site:example.org. Private to query. Any thread.

#include "query/lexer.hpp"

namespace pw::query {

/// Parses a value or range and normalises it to the form that articles have: lang:eng becomes lang:en,
/// site:https://www.example.org/ becomes site:example.org. Throws Refusal for values that no article can have.
Node read_property(const Lexeme& one);

}  // namespace pw::query
