#include "store/database.hpp"

#include <sqlite3.h>

#include <algorithm>

namespace pw::store {

namespace {

constexpr int kBusyTimeoutMs = 2000;

[[noreturn]] void raise(sqlite3* db, int code) {
  throw DbError(code & 0xff, db != nullptr ? sqlite3_errmsg(db) : sqlite3_errstr(code));
}

}  // namespace

bool is_damage(const DbError& error) noexcept { return error.code == SQLITE_CORRUPT || error.code == SQLITE_NOTADB; }

Error to_error(const DbError& error) {
  switch (error.code) {
    case SQLITE_FULL: return fail(Errc::io, "the disk of the database is full ({}): free some space", error.what());
    case SQLITE_IOERR: return fail(Errc::io, "the disk of the database failed ({}): see the system log", error.what());
    case SQLITE_READONLY: return fail(Errc::io, "the database cannot be written ({})", error.what());
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return fail(Errc::busy, "the database is locked by another program ({})", error.what());
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return fail(Errc::corrupt, "the database is damaged ({}): restore it from a backup", error.what());
    default: return fail(Errc::io, "the database failed: {}", error.what());
  }
}

void StatementCloser::operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }

Query::~Query() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

void Query::check(int code) {
  if (code != SQLITE_OK) raise(db_, code);
}

Query& Query::bind(std::string_view text) {
  const char* data = text.data() != nullptr ? text.data() : "";
  check(sqlite3_bind_text64(statement_, next_++, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
  return *this;
}

Query& Query::bind(std::int64_t value) {
  check(sqlite3_bind_int64(statement_, next_++, value));
  return *this;
}

Query& Query::bind(const Id& id) {
  check(sqlite3_bind_blob64(statement_, next_++, id.bytes.data(), id.bytes.size(), SQLITE_TRANSIENT));
  return *this;
}

Query& Query::bind_bytes(std::string_view bytes) {
  const char* data = bytes.data() != nullptr ? bytes.data() : "";
  check(sqlite3_bind_blob64(statement_, next_++, data, bytes.size(), SQLITE_TRANSIENT));
  return *this;
}

Query& Query::bind_null() {
  check(sqlite3_bind_null(statement_, next_++));
  return *this;
}

bool Query::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  raise(db_, code);
}

std::string Query::text(int column) const {
  const auto* data = sqlite3_column_text(statement_, column);
  if (data == nullptr) return {};
  return {reinterpret_cast<const char*>(data), static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::string Query::bytes(int column) const {
  const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::int64_t Query::number(int column) const { return sqlite3_column_int64(statement_, column); }

Id Query::id(int column) const {
  Id id;
  const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
  if (data == nullptr) return id;
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  std::copy_n(data, std::min(size, id.bytes.size()), id.bytes.begin());
  return id;
}

Database::Database(const std::string& path, Access access) {
  const int flags = (access == Access::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) |
                    SQLITE_OPEN_NOMUTEX;
  const int code = sqlite3_open_v2(path.c_str(), &db_, flags, nullptr);
  if (code != SQLITE_OK) {
    const std::string message = db_ != nullptr ? sqlite3_errmsg(db_) : sqlite3_errstr(code);
    sqlite3_close_v2(db_);
    throw DbError(code & 0xff, message);
  }
  sqlite3_busy_timeout(db_, kBusyTimeoutMs);
}

Database::~Database() {
  statements_.clear();
  sqlite3_close_v2(db_);
}

Query Database::query(const char* sql) {
  auto& slot = statements_[sql];
  if (!slot) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(db_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) raise(db_, code);
    slot.reset(statement);
  }
  return Query(db_, slot.get());
}

StatementPtr Database::prepare(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(db_, sql.c_str(), -1, 0, &statement, nullptr);
  if (code != SQLITE_OK) raise(db_, code);
  return StatementPtr(statement);
}

bool Database::step(sqlite3_stmt& statement) {
  const int code = sqlite3_step(&statement);
  if (code != SQLITE_ROW && code != SQLITE_DONE) raise(db_, code);
  return code == SQLITE_ROW;
}

void Database::execute(const char* sql) {
  const int code = sqlite3_exec(db_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) raise(db_, code);
}

void Database::empty_wal(Milliseconds wait) {
  sqlite3_busy_timeout(db_, static_cast<int>(wait.count()));
  const int code = sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  sqlite3_busy_timeout(db_, kBusyTimeoutMs);
  if (code != SQLITE_OK) raise(db_, code);
}

int Database::changes() const { return sqlite3_changes(db_); }

std::int64_t Database::last_row() const { return sqlite3_last_insert_rowid(db_); }

void Database::interrupt() noexcept { sqlite3_interrupt(db_); }

bool Database::in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }

bool Database::read_only() const { return sqlite3_db_readonly(db_, "main") == 1; }

ReadTransaction::ReadTransaction(Database& db) : db_(db) { db_.execute("BEGIN"); }

ReadTransaction::~ReadTransaction() {
  try {
    if (db_.in_transaction()) db_.execute("COMMIT");
  } catch (const DbError&) {
    // Nothing was written; the next BEGIN reports a connection that is still broken.
  }
}

}  // namespace pw::store
