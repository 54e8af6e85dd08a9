#pragma once
/// Where something stands in a page relative to the article's text: bylines and dates near it belong to it.

#include "extract/body/class_words.hpp"
#include "extract/fields/fields.hpp"

namespace pw::extract {

class Vicinity {
 public:
  explicit Vicinity(const FieldSources& from);

  /// Nodes between `node` and the text's beginning, or its end and a hundred; what follows the text counts four times.
  [[nodiscard]] html::NodeIndex distance(html::NodeIndex node) const;
  /// Whether it stands behind the text's beginning and before its end.
  [[nodiscard]] bool is_inside(html::NodeIndex node) const { return node > start_ && node < end_; }
  /// Whether it stands in navigation, a picture, a sidebar, comments or cards of other articles.
  [[nodiscard]] bool is_foreign(html::NodeIndex node);

 private:
  const Page& page_;
  html::NodeIndex container_ = 0;
  html::NodeIndex container_end_ = 0;
  html::NodeIndex start_ = 0;
  html::NodeIndex end_ = 0;
  ClassWords words_;
};

}  // namespace pw::extract
