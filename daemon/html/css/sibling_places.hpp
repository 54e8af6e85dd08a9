#pragma once
/// The positions of elements among their siblings, which selectors need and a Document does not store. Private to
/// html/css.

#include "html/dom/dom.hpp"

#include <unordered_map>

namespace pw::html::css {

/// The position of an element among the element children of its parent, counted from 1.
struct Place {
  NodeIndex previous = kNoNode;
  NodeIndex next = kNoNode;
  std::uint32_t place = 1;
  std::uint32_t siblings = 1;
  std::uint32_t type_place = 1;  ///< among siblings with the same name
  std::uint32_t type_siblings = 1;
};

/// Computes positions on demand, one parent at a time. `document` must outlive this object. Not thread-safe.
class SiblingPlaces {
 public:
  explicit SiblingPlaces(const Document& document) : document_(document) {}

  /// The position of an element. The reference is valid as long as this object.
  const Place& of(NodeIndex element);
  /// Number of nodes visited so far.
  [[nodiscard]] std::uint64_t work() const noexcept { return work_; }

 private:
  void fill(NodeIndex first);

  const Document& document_;
  std::unordered_map<NodeIndex, Place> places_;
  std::uint64_t work_ = 0;
};

}  // namespace pw::html::css
