#include "store/search_index.hpp"

#include <algorithm>

namespace pw::store {

void SearchIndex::replace(std::int64_t row) {
  if (std::ranges::find(pending_, row) != pending_.end()) return;
  Query old = db_.query("SELECT title, text FROM articles WHERE id = ?");
  if (old.bind(row).step()) {
    db_.query("INSERT INTO articles_text(articles_text, rowid, title, text) VALUES ('delete', ?, ?, ?)")
        .bind(row)
        .bind(old.text(0))
        .bind(old.text(1))
        .run();
  }
  add(row);
}

void SearchIndex::write() {
  for (const std::int64_t row : pending_) {
    Query article = db_.query("SELECT title, text FROM articles WHERE id = ?");
    if (!article.bind(row).step()) continue;
    db_.query("INSERT INTO articles_text(rowid, title, text) VALUES (?, ?, ?)")
        .bind(row)
        .bind(article.text(0))
        .bind(article.text(1))
        .run();
  }
  pending_.clear();
}

}  // namespace pw::store
