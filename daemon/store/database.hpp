#pragma once
/// A thin owner of one SQLite connection. Failures inside the module travel as DbError and become values or start-up
/// errors at its public edge.

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

/// The error as callers see it: full disk, damage, lock, each with what to do.
Error to_error(const DbError& error);

struct StatementCloser {
  void operator()(sqlite3_stmt* statement) const noexcept;
};
using StatementPtr = std::unique_ptr<sqlite3_stmt, StatementCloser>;

/// One run of a prepared statement: bind in order, step, read columns. Resets the statement when it goes.
class Query {
 public:
  Query(sqlite3* db, sqlite3_stmt* statement) : db_(db), statement_(statement) {}
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  Query& bind(std::string_view text);
  Query& bind(std::int64_t value);
  Query& bind(const Id& id);
  Query& bind_null();

  /// True while there is a row. Throws DbError.
  bool step();
  void run() {
    while (step()) {
    }
  }

  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] std::int64_t number(int column) const;
  [[nodiscard]] Id id(int column) const;

 private:
  void check(int code);

  sqlite3* db_;
  sqlite3_stmt* statement_;
  int next_ = 1;
};

enum class Access { read_write, read_only };

/// One connection and its prepared statements. One thread at a time.
class Database {
 public:
  /// Throws DbError.
  Database(const std::string& path, Access access);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Prepared once and kept; `sql` must be a literal.
  Query query(const char* sql);
  /// Runs every statement of `sql`.
  void execute(const char* sql);
  /// Takes the write-ahead log over into the file and cuts it to nothing. Throws DbError where a reader needs it for
  /// longer than `wait`: then it is as it was.
  void empty_wal(Milliseconds wait);
  [[nodiscard]] int changes() const;
  /// The row that was inserted last.
  [[nodiscard]] std::int64_t last_row() const;
  /// From another thread: what the connection is at fails with SQLITE_INTERRUPT.
  void interrupt() noexcept;
  [[nodiscard]] bool in_transaction() const;
  [[nodiscard]] bool read_only() const;

 private:
  sqlite3* db_ = nullptr;
  std::unordered_map<const char*, StatementPtr> statements_;
};

/// All reads between its beginning and its end see one state of the database.
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
