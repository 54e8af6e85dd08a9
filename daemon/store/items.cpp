#include "store/items.hpp"

#include "store/articles.hpp"

namespace pw::store {

namespace {

/// The stored state before an item is written.
enum class Before { nothing, same_content, other_content };

Before look_up(Database& db, const NewItem& item) {
  Query query = db.query("SELECT content FROM items WHERE id = ? AND source = ?");
  if (!query.bind(item.row).bind(item.source).step()) return Before::nothing;
  return query.id(0) == item.content ? Before::same_content : Before::other_content;
}

void bind_marks(Query& query, const ItemMarks& marks) {
  query.bind(marks.hints).bind(marks.title);
  query.bind(to_ms(marks.published)).bind(to_ms(marks.modified)).bind(to_ms(marks.visited));
  query.bind(marks.etag).bind(marks.last_modified).bind(marks.answered_by);
}

ItemMarks read_marks(const Query& query, int column) {
  return {query.id(column),
          query.id(column + 1),
          from_ms(query.number(column + 2)),
          from_ms(query.number(column + 3)),
          from_ms(query.number(column + 4)),
          query.text(column + 5),
          query.text(column + 6),
          query.text(column + 7)};
}

std::int64_t insert_item(Database& db, const NewItem& item) {
  Query query = db.query(
      "INSERT INTO items(hints, title, published, modified, visited, etag, last_modified, answered_by, source, "
      "item_id, "
      "content, seen, first_seen, revision) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?12,1)");
  bind_marks(query, item.marks);
  query.bind(item.source).bind(item.item_id).bind(item.content).bind(to_ms(item.seen)).run();
  return db.last_row();
}

void update_item(Database& db, const NewItem& item) {
  Query query = db.query(
      "UPDATE items SET hints = ?1, title = ?2, published = ?3, modified = ?4, visited = ?5, etag = ?6, "
      "last_modified = ?7, answered_by = ?8, revision = revision + (content <> ?9), content = ?9, seen = ?10 "
      "WHERE id = ?11");
  bind_marks(query, item.marks);
  query.bind(item.content).bind(to_ms(item.seen)).bind(item.row).run();
}

/// If an item has too many keys, deletes the oldest ones after the first kFirstKeys.
void drop_excess_keys(Database& db, std::int64_t item) {
  std::int64_t count = 0;
  {
    Query query = db.query("SELECT count(*) FROM item_keys WHERE item = ?");
    if (query.bind(item).step()) count = query.number(0);
  }
  const auto excess = count - static_cast<std::int64_t>(kKeysAtMost);
  if (excess <= 0) return;
  db.query(
        "DELETE FROM item_keys WHERE item = ?1 AND n IN "
        "(SELECT n FROM item_keys WHERE item = ?1 AND n > ?2 ORDER BY n LIMIT ?3)")
      .bind(item)
      .bind(static_cast<std::int64_t>(kFirstKeys))
      .bind(excess)
      .run();
}

Id unfinished_key(std::string_view source, std::string_view item_id, const Id& content) {
  return derive_id({source, item_id, to_hex(content)});
}

void begin_item(Database& db, const NewItem& item) {
  db.query("INSERT OR REPLACE INTO unfinished(key, story, begun) VALUES (?,?,?)")
      .bind(unfinished_key(item.source, item.item_id, item.content))
      .bind(item.story)
      .bind(to_ms(item.seen))
      .run();
}

void end_item(Database& db, const NewItem& item) {
  db.query("DELETE FROM unfinished WHERE key = ?").bind(unfinished_key(item.source, item.item_id, item.content)).run();
}

}  // namespace

void write_item(Database& db, SearchIndex& index, const NewItem& item) {
  if (item.portion == Portion::beginning) {
    begin_item(db, item);
    return;
  }
  const Before before = look_up(db, item);
  std::int64_t row = item.row;
  if (before == Before::nothing) {
    row = insert_item(db, item);
    index.add(row);
  } else {
    update_item(db, item);
  }
  if (before == Before::other_content) index.replace(row);
  if (before == Before::same_content) {
    touch_article(db, row, item);
  } else {
    write_article(db, row, item);
  }
  add_keys(db, item.source, row, item.keys);
  end_item(db, item);
}

void add_keys(Database& db, std::string_view source, std::int64_t item, std::span<const Id> keys) {
  for (const Id& key : keys) {
    db.query(
          "INSERT INTO item_keys(source, key, item, n, shared) "
          "SELECT ?1, ?2, ?3, 1 + coalesce((SELECT max(n) FROM item_keys WHERE item = ?3), 0), 0 WHERE true "
          "ON CONFLICT DO UPDATE SET shared = 1 WHERE item <> excluded.item AND shared = 0")
        .bind(source)
        .bind(key)
        .bind(item)
        .run();
  }
  drop_excess_keys(db, item);
}

void write_visit(Database& db, const ItemVisit& visit, Time now) {
  std::string source;
  {
    Query query = db.query("SELECT source FROM items WHERE id = ?");
    if (!query.bind(visit.row).step()) return;  // not listed for more than a year
    source = query.text(0);
  }
  if (visit.marks) {
    Query query = db.query(
        "UPDATE items SET hints = ?, title = ?, published = ?, modified = ?, visited = ?, etag = ?, last_modified = ?, "
        "answered_by = ? WHERE id = ?");
    bind_marks(query, *visit.marks);
    query.bind(visit.row).run();
  }
  write_listed(db, visit.row, now);
  if (!visit.keys.empty()) add_keys(db, source, visit.row, visit.keys);
}

void write_listed(Database& db, std::int64_t row, Time now) {
  db.query("UPDATE items SET seen = ? WHERE id = ?").bind(to_ms(now)).bind(row).run();
}

std::optional<KeyMatch> find_item(Database& db, std::string_view source, const Id& key) {
  Query query = db.query(
      "SELECT k.shared, i.id, i.item_id, i.content, i.revision, i.first_seen, i.seen, i.hints, i.title, i.published, "
      "i.modified, i.visited, i.etag, i.last_modified, i.answered_by "
      "FROM item_keys k JOIN items i ON i.id = k.item WHERE k.source = ? AND k.key = ?");
  if (!query.bind(source).bind(key).step()) return std::nullopt;
  const auto revision = static_cast<std::uint32_t>(query.number(4));
  return KeyMatch{key,
                  query.number(0) != 0,
                  {query.number(1), query.text(2), query.id(3), revision, from_ms(query.number(5)),
                   from_ms(query.number(6)), read_marks(query, 7)}};
}

std::optional<Id> find_unfinished(Database& db, std::string_view source, std::string_view item_id, const Id& content) {
  Query query = db.query("SELECT story FROM unfinished WHERE key = ?");
  if (!query.bind(unfinished_key(source, item_id, content)).step()) return std::nullopt;
  return query.id(0);
}

}  // namespace pw::store
