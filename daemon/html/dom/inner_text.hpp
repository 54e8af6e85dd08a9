#pragma once
/// The visible text of an element.

#include "html/dom/dom.hpp"

#include <string>

namespace pw::html {

/// The text of a text node, or of an element and its descendants: white space is collapsed, with one paragraph per line
/// and no empty lines. Linear time, any thread.
std::string inner_text(const Document& page, NodeIndex node);

}  // namespace pw::html
