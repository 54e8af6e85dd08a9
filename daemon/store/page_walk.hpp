#pragma once
/// Reads every row of a database and every entry of its indexes, a little at a time, so that a damaged page is met.

#include "store/database.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

struct sqlite3_value;

namespace pw::store {

/// Each step is a short read transaction of its own, so that a long walk never pins the write-ahead log. Rows that come
/// or go meanwhile may be missed; a tree is read from its first page to its last all the same. One thread at a time.
class PageWalk {
 public:
  /// Lists the tables and indexes; the alert log comes first. Throws DbError.
  explicit PageWalk(Database& db);
  ~PageWalk();
  PageWalk(const PageWalk&) = delete;
  PageWalk& operator=(const PageWalk&) = delete;

  /// Reads about 256 KiB. Returns the number of bytes read; nothing at the end. Throws DbError, with SQLITE_CORRUPT if
  /// a page is damaged.
  std::optional<std::size_t> step();

 private:
  /// A b-tree: a table or an index.
  struct Tree {
    std::string first;     ///< the query for its first rows …
    std::string next;      ///< … and for those after a key
    std::size_t keys = 0;  ///< the leading columns that form the key
  };
  struct ValueFree {
    void operator()(sqlite3_value* value) const noexcept;
  };
  using Value = std::unique_ptr<sqlite3_value, ValueFree>;

  void list_trees(const std::string& table, bool without_rowid);
  std::vector<std::string> key_columns(const std::string& index, bool is_table);
  void add(const std::string& from, const std::vector<std::string>& keys, bool whole_rows);
  std::size_t read_rows(const Tree& tree);

  Database& db_;
  std::vector<Tree> trees_;  ///< those left; the current one is the last
  std::vector<Value> key_;   ///< of the last row read; empty: the tree has not been begun
};

}  // namespace pw::store
