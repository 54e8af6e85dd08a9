#pragma once
/// What a reader sees of an element.

#include "html/dom/dom.hpp"

#include <string>

namespace pw::html {

/// The text of an element and all below it, or of a text node: white space collapsed, a paragraph a line, no line
/// empty. Linear time, any thread.
std::string inner_text(const Document& page, NodeIndex node);

}  // namespace pw::html
