#pragma once
/// The shortest selector that finds the links of a group and nothing else. Private to extract/.

#include "html/dom/dom.hpp"

#include <string>
#include <vector>

namespace pw::extract {

/// "" when no selector finds at least half of the group. `anchors` are <a> elements in document order.
std::string selector_of(const html::Document& page, const std::vector<html::NodeIndex>& anchors);

/// The classes of an element that name its role: not those that carry a number or a hash.
std::vector<std::string> stable_classes(const html::Document& page, html::NodeIndex element);

}  // namespace pw::extract
