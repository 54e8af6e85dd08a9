#pragma once
/// The byline that readers see.

#include "extract/fields/fields.hpp"

#include <string>
#include <vector>

namespace pw::extract {

/// The names in what is marked as the author (rel, itemprop, class, the address of a link) or reads like a byline,
/// nearest to the beginning of the text.
std::vector<std::string> visible_authors(const FieldSources& from);

}  // namespace pw::extract
