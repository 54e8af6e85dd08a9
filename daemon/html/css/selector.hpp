#pragma once
/// CSS selectors (Selectors level 4, as far as scraping needs them) over the elements of a document.

#include "core/result.hpp"
#include "html/css/selector_ast.hpp"
#include "html/dom/dom.hpp"

#include <string_view>
#include <vector>

namespace pw::html {

/// A compiled selector: immutable, any thread. Type, class, id, attribute (with i and s), the four combinators,
/// structural pseudo-classes, :not :is :where :has :empty :root :scope :lang and the form states markup shows.
/// Pseudo-classes of a user's session (:hover …) are understood and never match.
class Selector {
 public:
  /// Fails with Errc::invalid and a message whose second and third line show the place with a caret. At most 4 KiB.
  static Result<Selector> compile(std::string_view css);

  /// Elements below `root` (which is :scope) that match, in document order; 0 searches the whole document. Gives up
  /// after a bounded number of steps and returns what it has.
  [[nodiscard]] std::vector<NodeIndex> select(const Document& document, NodeIndex root = 0) const;

 private:
  explicit Selector(css::List list) : list_(std::move(list)) {}
  css::List list_;
};

}  // namespace pw::html
