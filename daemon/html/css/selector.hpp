#pragma once
/// CSS selectors (the part of Selectors Level 4 that scraping needs), matched against the elements of a document.

#include "core/result.hpp"
#include "html/css/selector_ast.hpp"
#include "html/dom/dom.hpp"

#include <string_view>
#include <vector>

namespace pw::html {

/// A compiled selector. Immutable, any thread. Supports type, class, id and attribute selectors (with the i and s
/// flags), the four combinators, structural pseudo-classes, :not, :is, :where, :has, :empty, :root, :scope, :lang, and
/// the form states visible in markup. Pseudo-classes that depend on user interaction (:hover …) are accepted but never
/// match.
class Selector {
 public:
  /// Parses a selector of at most 4 KiB. Errc::invalid if it is malformed (lines two and three of the message mark the
  /// position with a caret), Errc::too_large if it is longer.
  static Result<Selector> compile(std::string_view css);

  /// The matching elements below `root` (which is also :scope), in document order; root 0 searches the whole document.
  /// Stops after a bounded number of steps and returns the matches found so far.
  [[nodiscard]] std::vector<NodeIndex> select(const Document& document, NodeIndex root = 0) const;

 private:
  explicit Selector(css::List list) : list_(std::move(list)) {}
  css::List list_;
};

}  // namespace pw::html
