#pragma once
/// A thin RAII wrapper of one SQLite connection. Failures inside the module are thrown as DbError; its public functions
/// convert them to values or start-up errors.

#include "core/id.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace pw::store {

/// Carries SQLite's primary result code.
struct DbError : std::runtime_error {
  DbError(int result_code, const std::string& message) : std::runtime_error(message), code(result_code) {}
  int code;
};

/// Whether SQLite says that the file is damaged, or is no database. An error of the disk, of memory or of file
/// descriptors is neither.
bool is_damage(const DbError& error) noexcept;

/// The error for callers: full disk, damage or lock, each with advice.
Error to_error(const DbError& error);

struct StatementCloser {
  void operator()(sqlite3_stmt* statement) const noexcept;
};
using StatementPtr = std::unique_ptr<sqlite3_stmt, StatementCloser>;

/// One execution of a prepared statement: bind in order, step, read columns. The destructor resets the statement.
class Query {
 public:
  Query(sqlite3* db, sqlite3_stmt* statement) : db_(db), statement_(statement) {}
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  Query& bind(std::string_view text);
  Query& bind(std::int64_t value);
  Query& bind(const Id& id);
  Query& bind_bytes(std::string_view bytes);
  Query& bind_null();

  /// True while there is a row. Throws DbError.
  bool step();
  void run() {
    while (step()) {
    }
  }

  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] std::string bytes(int column) const;
  [[nodiscard]] std::int64_t number(int column) const;
  [[nodiscard]] Id id(int column) const;

 private:
  void check(int code);

  sqlite3* db_;
  sqlite3_stmt* statement_;
  int next_ = 1;
};

enum class Access { read_write, read_only };

/// Owns one connection and its prepared statements. One thread at a time.
class Database {
 public:
  /// Throws DbError.
  Database(const std::string& path, Access access);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Statements are prepared once and cached; `sql` must be a literal.
  Query query(const char* sql);
  /// A statement outside of the cache, for SQL that is put together at run time.
  StatementPtr prepare(const std::string& sql);
  /// True while there is a row. Throws DbError.
  bool step(sqlite3_stmt& statement);
  /// Runs every statement of `sql`.
  void execute(const char* sql);
  /// Checkpoints the write-ahead log and truncates it. Throws DbError if a reader uses it for longer than `wait`; then
  /// it is unchanged.
  void empty_wal(Milliseconds wait);
  [[nodiscard]] int changes() const;
  /// The row id of the last insert.
  [[nodiscard]] std::int64_t last_row() const;
  /// May be called from another thread: the running statement fails with SQLITE_INTERRUPT.
  void interrupt() noexcept;
  [[nodiscard]] bool in_transaction() const;
  [[nodiscard]] bool read_only() const;
  /// For the functions of SQLite that this class does not wrap.
  [[nodiscard]] sqlite3* handle() noexcept { return db_; }

 private:
  sqlite3* db_ = nullptr;
  std::unordered_map<const char*, StatementPtr> statements_;
};

/// All reads during its lifetime see the same state of the database.
class ReadTransaction {
 public:
  /// Throws DbError.
  explicit ReadTransaction(Database& db);
  ~ReadTransaction();
  ReadTransaction(const ReadTransaction&) = delete;
  ReadTransaction& operator=(const ReadTransaction&) = delete;

 private:
  Database& db_;
};

}  // namespace pw::store
