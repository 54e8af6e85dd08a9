#pragma once
/// The tables of items: what is known of each, the keys that lead to it, and unfinished items.

#include "store/database.hpp"
#include "store/search_index.hpp"
#include "store/storage.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace pw::store {

// All functions throw DbError.

/// Writes the item's row, its keys and its article. For Portion::beginning, only records the item as unfinished.
void write_item(Database& db, SearchIndex& index, const NewItem& item);
void write_visit(Database& db, const ItemVisit& visit, Time now);
void write_listed(Database& db, std::int64_t row, Time now);

/// A key that already leads to another item is marked as shared.
void add_keys(Database& db, std::string_view source, std::int64_t item, std::span<const Id> keys);

std::optional<KeyMatch> find_item(Database& db, std::string_view source, const Id& key);
std::optional<Id> find_unfinished(Database& db, std::string_view source, std::string_view item_id, const Id& content);

}  // namespace pw::store
