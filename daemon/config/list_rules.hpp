#pragma once
/// What a watchlist and its group may both say. Private to config/.

#include "config/table_reader.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace pw::config {

/// Reads the keys of ListRules, and gives the names of those that are there.
std::vector<std::string_view> read_rules(TableReader& in, ListRules& out);

/// Puts what the group says into a list that does not say it itself. Of two that mute, the later end counts; who
/// switches off, has switched off.
void inherit(const GroupSettings& group, std::span<const std::string_view> given, ListRules& list);

}  // namespace pw::config
