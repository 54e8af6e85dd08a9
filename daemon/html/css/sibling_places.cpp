#include "html/css/sibling_places.hpp"

namespace pw::html::css {

const Place& SiblingPlaces::of(NodeIndex element) {
  auto found = places_.find(element);
  if (found == places_.end()) {
    const NodeIndex parent = document_[element].parent;
    fill(parent == kNoNode ? 0 : document_[parent].first_child);
    found = places_.find(element);
  }
  return found->second;
}

void SiblingPlaces::fill(NodeIndex first) {
  std::unordered_map<std::string_view, std::uint32_t> of_type;
  std::uint32_t count = 0;
  NodeIndex previous = kNoNode;
  for (NodeIndex at = first; at != kNoNode; at = document_[at].next_sibling) {
    ++work_;
    if (!document_[at].is_element()) continue;
    Place& place = places_[at];
    place.previous = previous;
    place.place = ++count;
    place.type_place = ++of_type[document_.name(at)];
    if (previous != kNoNode) places_[previous].next = at;
    previous = at;
  }
  for (NodeIndex at = previous; at != kNoNode; at = places_[at].previous) {
    places_[at].siblings = count;
    places_[at].type_siblings = of_type[document_.name(at)];
  }
}

}  // namespace pw::html::css
