#pragma once
/// Finds the visible byline.

#include "extract/fields/fields.hpp"

#include <string>
#include <vector>

namespace pw::extract {

/// The names closest to the start of the text that are marked as author (by rel, itemprop, class or link target) or
/// read like a byline. Pure; any thread.
std::vector<std::string> visible_authors(const FieldSources& from);

}  // namespace pw::extract
