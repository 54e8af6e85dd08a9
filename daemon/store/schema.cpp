#include "store/schema.hpp"

#include "core/id.hpp"

#include <spdlog/fmt/fmt.h>

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

// No table changed. Bodies are stored open from here on (bus/alert_json.hpp), and a program that knows only closed ones
// must not send them.
constexpr const char* kVersion5 = "";

constexpr std::array kSteps = {kVersion1, kVersion2, kVersion3, kVersion4, kVersion5};
static_assert(kSteps.size() == kSchemaVersion);

void migrate(Database& db, int from) {
  for (int version = from; version < kSchemaVersion; ++version) {
    db.execute("BEGIN IMMEDIATE");
    db.execute(kSteps[static_cast<std::size_t>(version)]);
    db.execute(fmt::format("PRAGMA user_version = {}", version + 1).c_str());
    if (version == 0) db.query("INSERT INTO meta VALUES ('log_id', ?)").bind(random_id()).run();
    db.execute("COMMIT");
  }
}

int user_version(Database& db) {
  Query query = db.query("PRAGMA user_version");
  return query.step() ? static_cast<int>(query.number(0)) : 0;
}

bool stopped_cleanly(Database& db) {
  Query query = db.query("SELECT value FROM meta WHERE key = 'clean'");
  return query.step() && query.number(0) == 1;
}

void check_integrity(Database& db, const std::string& path) {
  Query query = db.query("PRAGMA quick_check(1)");
  const std::string verdict = query.step() ? query.text(0) : "no answer";
  if (verdict != "ok") {
    throw std::runtime_error(
        fmt::format("{}: the database is damaged ({}). Move it and its -wal file away and restore "
                    "a backup, or start anew without it",
                    path, verdict));
  }
}

}  // namespace

void open_schema(Database& db, const std::string& path) {
  if (db.read_only()) {
    throw std::runtime_error(fmt::format(
        "{}: the database cannot be written. Give this user write access to the file and its folder", path));
  }
  const int version = user_version(db);
  if (version > kSchemaVersion) {
    throw std::runtime_error(
        fmt::format("{}: made by a newer presswatch (schema {}, this one knows {}). Install that "
                    "version, or give another path",
                    path, version, kSchemaVersion));
  }
  db.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY");
  if (version > 0 && !stopped_cleanly(db)) check_integrity(db, path);
  migrate(db, version);
  db.execute("UPDATE meta SET value = 0 WHERE key = 'clean'");
}

void mark_clean_stop(Database& db) { db.execute("UPDATE meta SET value = 1 WHERE key = 'clean'"); }

}  // namespace pw::store
