#pragma once
/// Finds the shortest selector that matches the links of a group and nothing else. Private to extract/listing.

#include "html/dom/dom.hpp"

#include <string>
#include <vector>

namespace pw::extract {

/// "" if no selector finds at least half of the group. `anchors` are <a> elements in document order. Pure; any thread.
std::string selector_of(const html::Document& page, const std::vector<html::NodeIndex>& anchors);

/// The classes of an element that describe its role, without those that contain a number or a hash.
std::vector<std::string> stable_classes(const html::Document& page, html::NodeIndex element);

}  // namespace pw::extract
