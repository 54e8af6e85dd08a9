#include "store/schema.hpp"

#include "core/id.hpp"
#include "core/log.hpp"
#include "store/file_modes.hpp"
#include "store/schema_steps.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace pw::store {

namespace {

[[noreturn]] void throw_damaged(const std::string& path, std::string_view verdict) {
  throw DamagedError(
      fmt::format("{}: the database is damaged ({}). To go on, restore a backup (presswatch restore), or move the "
                  "file and its -wal file away and start anew",
                  path, verdict));
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

}  // namespace

void require_numbers(Database& db, const std::string& path) {
  Query query = db.query("SELECT count(value) FROM meta WHERE key IN ('head', 'published', 'log_id')");
  if (!query.step() || query.number(0) != 3) throw_damaged(path, "the numbers of the alert log are missing");
}

namespace {

/// Returns whether the file still has to be checked.
bool bring_up_to_date(Database& db, const std::string& path) {
  if (db.read_only()) {
    throw std::runtime_error(fmt::format(
        "{}: the database cannot be written. Give this user write access to the file and its folder", path));
  }
  const int version = schema_version(db);
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
    if (is_damage(error)) confirm_damage(error.what(), path);
    if (error.code == SQLITE_CANTOPEN) {
      throw std::runtime_error(fmt::format(
          "{}: cannot be opened ({}). Does the folder exist, and may this user write in it?", path, error.what()));
    }
    throw std::runtime_error(fmt::format("{}: {}", path, to_error(error).message));
  }
}

int read_failure(std::string_view finding) {
  // "… unable to get the page. error code=266", "… btreeInitPage() returns error code 7"
  constexpr std::string_view kMark = "error code";
  const std::size_t mark = finding.find(kMark);
  if (mark == std::string_view::npos)
    return finding.find("failed to get page") == std::string_view::npos ? 0 : SQLITE_IOERR;
  std::string_view digits = finding.substr(mark + kMark.size());
  digits.remove_prefix(std::min<std::size_t>(digits.size(), 1));
  int code = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), code);
  code &= 0xff;
  return code == SQLITE_CORRUPT || code == SQLITE_NOTADB ? 0 : code;
}

namespace {

/// What a check of the whole file finds; nothing if it is sound. Throws DbError if it cannot be read.
std::optional<std::string> find_damage(Database& db) {
  try {
    std::optional<std::string> damage;
    int unread = 0;
    Query query = db.query("PRAGMA quick_check(100)");
    while (query.step()) {
      const std::string row = query.text(0);
      if (row == "ok") return std::nullopt;
      each_line(row, [&](std::string_view line) {
        const bool is_heading = line.starts_with("***");
        const int code = is_heading ? 0 : read_failure(line);
        if (code != 0) unread = code;
        if (!is_heading && code == 0 && !damage) damage = line;
      });
    }
    if (!damage && unread != 0) throw DbError(unread, sqlite3_errstr(unread));
    return damage.value_or("no answer");
  } catch (const DbError& error) {
    if (is_damage(error)) return error.what();
    throw;
  }
}

}  // namespace

void check_integrity(Database& db, const std::string& path) {
  if (!find_damage(db)) return;
  // A read that fails in the middle of the check can look like damage; it does not fail twice at the same place.
  Database again(path, Access::read_only);
  if (const auto damage = find_damage(again)) throw_damaged(path, *damage);
  log::say("store-false-alarm", "{}: SQLite called a page damaged, but a second check found no damage", path);
}

void confirm_damage(const std::string& what, const std::string& path) {
  try {
    Database db(path, Access::read_only);
    check_integrity(db, path);
  } catch (const DbError& unreadable) {
    throw std::runtime_error(fmt::format("{}: {}", path, to_error(unreadable).message));
  }
  throw std::runtime_error(
      fmt::format("{}: SQLite called it damaged ({}), but a check found no damage. Try again", path, what));
}

int schema_version(Database& db) {
  Query query = db.query("PRAGMA user_version");
  return query.step() ? static_cast<int>(query.number(0)) : 0;
}

void mark_clean_stop(Database& db) { db.execute("UPDATE meta SET value = 1 WHERE key = 'clean'"); }

}  // namespace pw::store
