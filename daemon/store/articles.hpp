#pragma once
/// The texts of items, as long as they are kept, and the index of their words.

#include "store/database.hpp"
#include "store/store.hpp"

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace pw::store {

// All of these throw DbError.

/// Of the item in this row; replaces the one that is there.
void write_article(Database& db, std::int64_t row, const NewItem& item);
/// It was met again, and is as it was. Nothing where it is kept no longer.
void touch_article(Database& db, std::int64_t row, const NewItem& item);

void visit_articles(Database& db, Time since, std::size_t limit, const std::function<void(const StoryArticle&)>& visit);
std::vector<SearchHit> search_articles(Database& db, std::string_view text, std::size_t limit);

}  // namespace pw::store
