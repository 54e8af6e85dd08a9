#pragma once
/// Which place an element has among its siblings: what a Document does not say and selectors ask. Private to
/// parse/selector*.

#include "html/dom/dom.hpp"

#include <unordered_map>

namespace pw::html::css {

/// Among the elements below one parent; places count from 1.
struct Place {
  NodeIndex previous = kNoNode;
  NodeIndex next = kNoNode;
  std::uint32_t place = 1;
  std::uint32_t siblings = 1;
  std::uint32_t type_place = 1;  ///< among those of the same name
  std::uint32_t type_siblings = 1;
};

/// Works the places out parent by parent, as they are asked for. Outlived by its document; one thread.
class SiblingPlaces {
 public:
  explicit SiblingPlaces(const Document& document) : document_(document) {}

  /// Of an element. The reference holds as long as this object.
  const Place& of(NodeIndex element);
  /// Nodes looked at so far.
  [[nodiscard]] std::uint64_t work() const noexcept { return work_; }

 private:
  void fill(NodeIndex first);

  const Document& document_;
  std::unordered_map<NodeIndex, Place> places_;
  std::uint64_t work_ = 0;
};

}  // namespace pw::html::css
