#include "store/schema_steps.hpp"

#include "store/items.hpp"

#include <array>

namespace pw::store {

namespace {

constexpr const char* kVersion1 = R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE channels(name TEXT PRIMARY KEY, head INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE alerts(
  seq INTEGER PRIMARY KEY, channel TEXT NOT NULL, cseq INTEGER NOT NULL, time INTEGER NOT NULL,
  id BLOB NOT NULL UNIQUE, source TEXT NOT NULL, body TEXT NOT NULL, UNIQUE(channel, cseq));
CREATE INDEX alerts_time ON alerts(time);
CREATE TABLE sources(
  id TEXT PRIMARY KEY, cursor TEXT NOT NULL, next_due INTEGER NOT NULL, last_ok INTEGER NOT NULL,
  failures INTEGER NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL, interval_ms INTEGER NOT NULL,
  items_seen INTEGER NOT NULL, alerts INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE validators(url TEXT PRIMARY KEY, etag TEXT NOT NULL, last_modified TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles(
  id INTEGER PRIMARY KEY, source TEXT NOT NULL, item_id TEXT NOT NULL, url_key TEXT NOT NULL, content BLOB NOT NULL,
  revision INTEGER NOT NULL, first_seen INTEGER NOT NULL, seen INTEGER NOT NULL, story BLOB NOT NULL,
  url TEXT NOT NULL, canonical_url TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, authors TEXT NOT NULL,
  published INTEGER, modified INTEGER, language TEXT NOT NULL, site TEXT NOT NULL, section TEXT NOT NULL,
  image TEXT NOT NULL, method TEXT NOT NULL, partial INTEGER NOT NULL, UNIQUE(source, item_id));
CREATE INDEX articles_url ON articles(url_key);
CREATE INDEX articles_seen ON articles(seen);
INSERT INTO meta VALUES ('head', 0), ('published', 0), ('clean', 1);
)sql";

constexpr const char* kVersion2 = R"sql(
CREATE VIRTUAL TABLE articles_text USING fts5(title, text, content='articles', content_rowid='id',
  tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER articles_added AFTER INSERT ON articles BEGIN
  INSERT INTO articles_text(rowid, title, text) VALUES (new.id, new.title, new.text);
END;
CREATE TRIGGER articles_removed AFTER DELETE ON articles BEGIN
  INSERT INTO articles_text(articles_text, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
END;
CREATE TRIGGER articles_changed AFTER UPDATE OF title, text ON articles BEGIN
  INSERT INTO articles_text(articles_text, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
  INSERT INTO articles_text(rowid, title, text) VALUES (new.id, new.title, new.text);
END;
INSERT INTO articles_text(articles_text) VALUES ('rebuild');
)sql";

constexpr const char* kVersion3 = R"sql(
ALTER TABLE sources ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN polls INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN not_modified INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN failed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN listed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN moved_from TEXT NOT NULL DEFAULT '';
ALTER TABLE sources ADD COLUMN moved_to TEXT NOT NULL DEFAULT '';
ALTER TABLE sources ADD COLUMN moved_seen INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN pace_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN skip_hours INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN skip_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN gap_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE validators ADD COLUMN answered_by TEXT NOT NULL DEFAULT '';
CREATE TABLE subscriptions(
  source TEXT PRIMARY KEY, topic TEXT NOT NULL, hub TEXT NOT NULL, token TEXT NOT NULL, secret TEXT NOT NULL,
  until INTEGER NOT NULL) WITHOUT ROWID;
)sql";

constexpr const char* kVersion4 = R"sql(
CREATE TABLE held(
  n INTEGER PRIMARY KEY, channel TEXT NOT NULL, id BLOB NOT NULL UNIQUE, source TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX held_channel ON held(channel, n);
CREATE TABLE silent(
  channel TEXT PRIMARY KEY, muted INTEGER NOT NULL, below INTEGER NOT NULL) WITHOUT ROWID;
)sql";

// An article has the row id of its item, which outlives it. From this version on, alert bodies are stored open
// (bus/alert_json.hpp); programs that only know closed bodies must not send them.
constexpr const char* kVersion5 = R"sql(
ALTER TABLE held RENAME TO deferred;
DROP INDEX held_channel;
CREATE INDEX deferred_channel ON deferred(channel, n);
UPDATE deferred SET body = replace(body, ',"heldSinceMs":', ',"deferredSinceMs":');
ALTER TABLE silent RENAME TO suppressed;
ALTER TABLE suppressed RENAME COLUMN below TO below_threshold;
CREATE TABLE items(
  id INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL, item_id TEXT NOT NULL, content BLOB NOT NULL,
  revision INTEGER NOT NULL, first_seen INTEGER NOT NULL, seen INTEGER NOT NULL, hints BLOB NOT NULL,
  title BLOB NOT NULL, published INTEGER NOT NULL, modified INTEGER NOT NULL, visited INTEGER NOT NULL,
  etag TEXT NOT NULL, last_modified TEXT NOT NULL, answered_by TEXT NOT NULL);
INSERT INTO items SELECT id, source, item_id, content, revision, first_seen, seen, zeroblob(16), zeroblob(16), 0, 0,
  seen, '', '', '' FROM articles ORDER BY id;
CREATE INDEX items_seen ON items(seen);
CREATE TABLE item_keys(
  source TEXT NOT NULL, key BLOB NOT NULL, item INTEGER NOT NULL, n INTEGER NOT NULL, shared INTEGER NOT NULL,
  PRIMARY KEY(source, key)) WITHOUT ROWID;
CREATE INDEX item_keys_item ON item_keys(item, n);
CREATE TRIGGER items_removed AFTER DELETE ON items BEGIN
  DELETE FROM item_keys WHERE item = old.id;
END;
CREATE TABLE unfinished(key BLOB PRIMARY KEY, story BLOB NOT NULL, begun INTEGER NOT NULL) WITHOUT ROWID;
DELETE FROM meta WHERE key LIKE 'unfinished %';

CREATE TABLE articles_5(
  id INTEGER PRIMARY KEY, url_key TEXT NOT NULL, seen INTEGER NOT NULL, story BLOB NOT NULL,
  url TEXT NOT NULL, canonical_url TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, authors TEXT NOT NULL,
  published INTEGER, modified INTEGER, language TEXT NOT NULL, site TEXT NOT NULL, section TEXT NOT NULL,
  image TEXT NOT NULL, method TEXT NOT NULL, partial INTEGER NOT NULL);
INSERT INTO articles_5 SELECT id, url_key, seen, story, url, canonical_url, title, text, authors, published, modified,
  language, site, section, image, method, partial FROM articles ORDER BY id;
DROP TABLE articles;
ALTER TABLE articles_5 RENAME TO articles;
CREATE INDEX articles_seen ON articles(seen);
CREATE TRIGGER articles_added AFTER INSERT ON articles BEGIN
  INSERT INTO articles_text(rowid, title, text) VALUES (new.id, new.title, new.text);
END;
CREATE TRIGGER articles_removed AFTER DELETE ON articles BEGIN
  INSERT INTO articles_text(articles_text, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
END;
CREATE TRIGGER articles_changed AFTER UPDATE OF title, text ON articles BEGIN
  INSERT INTO articles_text(articles_text, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
  INSERT INTO articles_text(rowid, title, text) VALUES (new.id, new.title, new.text);
END;

DROP TABLE validators;
CREATE TABLE requests(
  source TEXT NOT NULL, request BLOB NOT NULL, options BLOB NOT NULL, etag TEXT NOT NULL, last_modified TEXT NOT NULL,
  answered_by TEXT NOT NULL, follow_ups TEXT NOT NULL, checked INTEGER NOT NULL,
  PRIMARY KEY(source, request)) WITHOUT ROWID;
CREATE INDEX requests_checked ON requests(checked);
ALTER TABLE sources ADD COLUMN idle_visits INTEGER NOT NULL DEFAULT 0;
CREATE TABLE unconfigured(
  kind TEXT NOT NULL, id TEXT NOT NULL, since INTEGER NOT NULL, PRIMARY KEY(kind, id)) WITHOUT ROWID;
)sql";

// New words are indexed by SearchIndex. Merging fewer segments at a time costs writes, more cost searches.
constexpr const char* kVersion6 = R"sql(
DROP TRIGGER articles_added;
DROP TRIGGER articles_changed;
INSERT INTO articles_text(articles_text, rank) VALUES ('automerge', 8);
)sql";

constexpr const char* kVersion7 = R"sql(
ALTER TABLE sources ADD COLUMN last_item INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN rhythm BLOB NOT NULL DEFAULT x'';
UPDATE sources SET last_item = newest.first_seen
  FROM (SELECT source, max(first_seen) AS first_seen FROM items GROUP BY source) AS newest
  WHERE newest.source = sources.id;
)sql";

/// Version 4 identified an item by its id alone. Derives its keys from the id and the URL. Items with different ids but
/// the same URL and content are merged.
void make_keys(Database& db) {
  Query rows = db.query(
      "SELECT i.id, i.source, i.item_id, i.content, a.url_key FROM items i JOIN articles a USING (id) ORDER BY i.id");
  while (rows.step()) {
    const std::string source = rows.text(1);
    const Id url = item_key("url", rows.text(4));
    const std::array keys{item_key("id", rows.text(2)), url};
    const auto first = find_item(db, source, url);
    const bool same = first && first->item.content == rows.id(3);
    add_keys(db, source, same ? first->item.row : rows.number(0), keys);
  }
}

}  // namespace

std::span<const SchemaStep> schema_steps() {
  static constexpr std::array<SchemaStep, kSchemaVersion> kSteps{{{kVersion1, nullptr},
                                                                  {kVersion2, nullptr},
                                                                  {kVersion3, nullptr},
                                                                  {kVersion4, nullptr},
                                                                  {kVersion5, make_keys},
                                                                  {kVersion6, nullptr},
                                                                  {kVersion7, nullptr}}};
  return kSteps;
}

}  // namespace pw::store
