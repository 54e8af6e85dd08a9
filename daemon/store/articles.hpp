#pragma once
/// The texts of items, for as long as they are kept, and searching them.

#include "store/database.hpp"
#include "store/store.hpp"

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace pw::store {

// All functions throw DbError.

/// Writes the article of the item in this row, replacing an existing one. The SearchIndex must have been told before.
void write_article(Database& db, std::int64_t row, const NewItem& item);
/// Updates an article that was seen again unchanged. Does nothing if it is no longer kept.
void touch_article(Database& db, std::int64_t row, const NewItem& item);

void visit_articles(Database& db, Time since, std::size_t limit, const std::function<void(const StoryArticle&)>& visit);
std::vector<SearchHit> search_articles(Database& db, std::string_view text, std::size_t limit);

}  // namespace pw::store
