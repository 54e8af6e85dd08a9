#pragma once
/// Locates nodes relative to the article's text: bylines and dates near it belong to the article.

#include "extract/body/class_words.hpp"
#include "extract/fields/fields.hpp"

namespace pw::extract {

/// Distances and regions for one page, which must outlive this object. Not thread-safe.
class Vicinity {
 public:
  explicit Vicinity(const FieldSources& from);

  /// Number of nodes between `node` and the start of the text, or between `node` and its end plus a hundred. Nodes
  /// after the text count four times.
  [[nodiscard]] html::NodeIndex distance(html::NodeIndex node) const;
  /// True if the node is between the start and the end of the text.
  [[nodiscard]] bool is_inside(html::NodeIndex node) const { return node > start_ && node < end_; }
  /// True if the node is in navigation, a picture, a sidebar, comments or cards of other articles.
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
