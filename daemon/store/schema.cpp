#include "store/schema.hpp"

#include "core/id.hpp"
#include "store/file_modes.hpp"
#include "store/schema_steps.hpp"

#include <spdlog/spdlog.h>
#include <sqlite3.h>

namespace pw::store {

namespace {

[[noreturn]] void throw_damaged(const std::string& path, std::string_view verdict) {
  throw std::runtime_error(
      fmt::format("{}: the database is damaged ({}). Move it and its -wal file away and restore a backup, or start "
                  "anew without it",
                  path, verdict));
}

int user_version(Database& db) {
  Query query = db.query("PRAGMA user_version");
  return query.step() ? static_cast<int>(query.number(0)) : 0;
}

bool stopped_cleanly(Database& db) {
  Query query = db.query("SELECT value FROM meta WHERE key = 'clean'");
  return query.step() && query.number(0) == 1;
}

void migrate(Database& db, const std::string& path, int from) {
  const auto steps = schema_steps();
  if (from > 0 && from < kSchemaVersion) {
    spdlog::info(
        "{}: the database is brought from schema {} to {}; this takes about twenty seconds per gigabyte, and as much "
        "room again",
        path, from, kSchemaVersion);
  }
  for (int version = from; version < kSchemaVersion; ++version) {
    const SchemaStep& step = steps[static_cast<std::size_t>(version)];
    db.execute("BEGIN IMMEDIATE");
    db.execute(step.sql);
    if (step.then != nullptr) step.then(db);
    db.execute(fmt::format("PRAGMA user_version = {}", version + 1).c_str());
    if (version == 0) db.query("INSERT INTO meta VALUES ('log_id', ?)").bind(random_id()).run();
    db.execute("COMMIT");
  }
}

/// Without these, numbering would restart and the whole log would be published again.
void require_numbers(Database& db, const std::string& path) {
  Query query = db.query("SELECT count(value) FROM meta WHERE key IN ('head', 'published', 'log_id')");
  if (!query.step() || query.number(0) != 3) throw_damaged(path, "the numbers of the alert log are missing");
}

/// Returns whether the file still has to be checked.
bool bring_up_to_date(Database& db, const std::string& path) {
  if (db.read_only()) {
    throw std::runtime_error(fmt::format(
        "{}: the database cannot be written. Give this user write access to the file and its folder", path));
  }
  const int version = user_version(db);
  if (version > kSchemaVersion) {
    throw std::runtime_error(
        fmt::format("{}: made by a newer presswatch (schema {}, this one knows {}). Install that version, or give "
                    "another path",
                    path, version, kSchemaVersion));
  }
  db.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY");
  bool unchecked = version > 0 && !stopped_cleanly(db);
  if (unchecked && version < kSchemaVersion) {
    check_integrity(db, path);
    unchecked = false;
  }
  migrate(db, path, version);
  require_numbers(db, path);
  db.execute("UPDATE meta SET value = 0 WHERE key = 'clean'");
  return unchecked;
}

}  // namespace

Opened open_database(const std::string& path) {
  try {
    make_private(path);
    Opened out{std::make_unique<Database>(path, Access::read_write)};
    out.unchecked = bring_up_to_date(*out.db, path);
    return out;
  } catch (const DbError& error) {
    if (error.code == SQLITE_CORRUPT || error.code == SQLITE_NOTADB) throw_damaged(path, error.what());
    if (error.code == SQLITE_CANTOPEN) {
      throw std::runtime_error(fmt::format(
          "{}: cannot be opened ({}). Does the folder exist, and may this user write in it?", path, error.what()));
    }
    throw std::runtime_error(fmt::format("{}: {}", path, to_error(error).message));
  }
}

void check_integrity(Database& db, const std::string& path) {
  try {
    Query query = db.query("PRAGMA quick_check(1)");
    const std::string verdict = query.step() ? query.text(0) : "no answer";
    if (verdict != "ok") throw_damaged(path, verdict);
  } catch (const DbError& error) {
    if (error.code == SQLITE_CORRUPT || error.code == SQLITE_NOTADB) throw_damaged(path, error.what());
    throw;
  }
}

void mark_clean_stop(Database& db) { db.execute("UPDATE meta SET value = 1 WHERE key = 'clean'"); }

}  // namespace pw::store
