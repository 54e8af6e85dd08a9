#pragma once
/// What a watchlist and its group may both say. Private to config/.

#include "config/table_reader.hpp"

namespace pw::config {

/// Takes the keys of ListRules out of a [[watchlist]] or [group].
ListRules read_rules(TableReader& reader, const std::filesystem::path& file, Problems& problems);

/// Puts what the rules say into the list. Of two that mute, the later end counts; who switches off, has switched off.
void apply_rules(const ListRules& rules, WatchlistSettings& list);

}  // namespace pw::config
