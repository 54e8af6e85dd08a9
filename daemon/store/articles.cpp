#include "store/articles.hpp"

#include "core/text.hpp"

#include <spdlog/fmt/fmt.h>

#include <optional>
#include <string>

namespace pw::store {

namespace {

std::string join_lines(const std::vector<std::string>& parts) {
  std::string joined;
  for (const auto& part : parts) {
    if (!joined.empty()) joined += '\n';
    joined += part;
  }
  return joined;
}

void bind_date(Query& query, const std::optional<StatedDate>& date) {
  if (date) {
    query.bind(to_ms(date->time));
  } else {
    query.bind_null();
  }
}

/// Quotes every word as an FTS5 string, so that no character of the user's text acts as an operator.
std::string fts_query(std::string_view text) {
  std::string query;
  std::string word;
  const auto flush = [&] {
    if (!word.empty()) query += fmt::format("{}\"{}\"", query.empty() ? "" : " ", word);
    word.clear();
  };
  for (const char c : text) {
    if (is_ascii_space(c) || c == '"' || c == '\0') {
      flush();
    } else {
      word += c;
    }
  }
  flush();
  return query;
}

}  // namespace

void write_article(Database& db, std::int64_t row, const NewItem& item) {
  Query query = db.query(
      "INSERT INTO articles(id, url_key, seen, story, url, canonical_url, title, text, authors, published, modified, "
      "language, site, section, image, method, partial) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) "
      "ON CONFLICT(id) DO UPDATE SET url_key = excluded.url_key, seen = excluded.seen, story = excluded.story, "
      "url = excluded.url, canonical_url = excluded.canonical_url, title = excluded.title, text = excluded.text, "
      "authors = excluded.authors, published = excluded.published, modified = excluded.modified, "
      "language = excluded.language, site = excluded.site, section = excluded.section, image = excluded.image, "
      "method = excluded.method, partial = excluded.partial");
  const Article& article = item.article;
  query.bind(row).bind(item.url_key).bind(to_ms(item.seen)).bind(item.story);
  query.bind(article.url).bind(article.canonical_url).bind(article.title).bind(article.text);
  query.bind(join_lines(article.authors));
  bind_date(query, article.published);
  bind_date(query, article.modified);
  query.bind(article.language).bind(article.site).bind(article.section).bind(article.image).bind(article.method);
  query.bind(std::int64_t{article.partial}).run();
}

void touch_article(Database& db, std::int64_t row, const NewItem& item) {
  db.query("UPDATE articles SET url_key = ?, seen = ? WHERE id = ?")
      .bind(item.url_key)
      .bind(to_ms(item.seen))
      .bind(row)
      .run();
}

void visit_articles(Database& db, Time since, std::size_t limit,
                    const std::function<void(const StoryArticle&)>& visit) {
  Query query = db.query(
      "SELECT story, title, text, language, seen FROM articles WHERE id IN "
      "(SELECT id FROM articles WHERE seen >= ? ORDER BY seen DESC LIMIT ?) ORDER BY seen");
  query.bind(to_ms(since)).bind(static_cast<std::int64_t>(limit));
  while (query.step()) {
    visit({query.id(0), query.text(1), query.text(2), query.text(3), from_ms(query.number(4))});
  }
}

std::vector<SearchHit> search_articles(Database& db, std::string_view text, std::size_t limit) {
  const std::string words = fts_query(text);
  if (words.empty()) return {};
  std::vector<SearchHit> hits;
  Query query = db.query(
      "SELECT i.source, i.item_id, a.url, a.title, snippet(articles_text, -1, '', '', '…', 24), a.seen "
      "FROM articles_text JOIN articles a ON a.id = articles_text.rowid JOIN items i ON i.id = a.id "
      "WHERE articles_text MATCH ? ORDER BY a.seen DESC LIMIT ?");
  query.bind(words).bind(static_cast<std::int64_t>(limit));
  while (query.step()) {
    hits.push_back(
        {query.text(0), query.text(1), query.text(2), query.text(3), query.text(4), from_ms(query.number(5))});
  }
  return hits;
}

}  // namespace pw::store
