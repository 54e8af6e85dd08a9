#pragma once
/// The rules that both a watchlist and its group may set. Private to config/.

#include "config/table_reader.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace pw::config {

/// Reads the keys of ListRules and returns the names of those present.
std::vector<std::string_view> read_rules(TableReader& in, ListRules& out);

/// Copies the group's rules into a watchlist that does not set them itself. Of two mutes, the later end wins; a
/// watchlist disabled by either stays disabled.
void inherit(const GroupSettings& group, std::span<const std::string_view> given, ListRules& list);

}  // namespace pw::config
