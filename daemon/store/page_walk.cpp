#include "store/page_walk.hpp"

#include <spdlog/fmt/fmt.h>
#include <spdlog/fmt/ranges.h>
#include <sqlite3.h>

namespace pw::store {

namespace {

constexpr std::size_t kRowsAtOnce = 500;
constexpr std::size_t kBytesAtOnce = std::size_t{256} << 10U;
constexpr std::size_t kNumberBytes = 8;

std::string sql_name(std::string_view name) { return fmt::format("\"{}\"", name); }

std::string text(sqlite3_stmt* statement, int column) {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
  return data != nullptr ? data : "";
}

}  // namespace

void PageWalk::ValueFree::operator()(sqlite3_value* value) const noexcept { sqlite3_value_free(value); }

PageWalk::PageWalk(Database& db) : db_(db) {
  // Virtual tables have no pages; their contents are in tables of their own.
  const StatementPtr tables = db.prepare(
      "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow') "
      "ORDER BY name = 'alerts', name");
  while (db.step(*tables)) list_trees(text(tables.get(), 0), sqlite3_column_int(tables.get(), 1) == 1);
}

PageWalk::~PageWalk() = default;

void PageWalk::list_trees(const std::string& table, bool without_rowid) {
  const StatementPtr indexes =
      db_.prepare(fmt::format("SELECT name, origin, partial FROM pragma_index_list('{}')", table));
  std::vector<std::string> key{"rowid"};
  while (db_.step(*indexes)) {
    const std::string index = text(indexes.get(), 0);
    const bool is_table = without_rowid && text(indexes.get(), 1) == "pk";
    const std::vector<std::string> columns = key_columns(index, is_table);
    if (is_table) {
      key = columns;
    } else if (!columns.empty() && sqlite3_column_int(indexes.get(), 2) == 0) {
      add(fmt::format("{} INDEXED BY {}", sql_name(table), sql_name(index)), columns, false);
    }
  }
  add(sql_name(table) + " NOT INDEXED", key, true);
}

/// The columns that order an index, including those that SQLite adds to make entries unique; none if it is on an
/// expression. The tree of a table without row ids also holds columns that do not order it.
std::vector<std::string> PageWalk::key_columns(const std::string& index, bool is_table) {
  const StatementPtr columns = db_.prepare(fmt::format("SELECT cid, name, key FROM pragma_index_xinfo('{}')", index));
  std::vector<std::string> out;
  while (db_.step(*columns)) {
    const int column = sqlite3_column_int(columns.get(), 0);
    if (column < -1) return {};
    if (is_table && sqlite3_column_int(columns.get(), 2) == 0) continue;
    out.push_back(column == -1 ? "rowid" : sql_name(text(columns.get(), 1)));
  }
  return out;
}

void PageWalk::add(const std::string& from, const std::vector<std::string>& keys, bool whole_rows) {
  const std::string key = fmt::format("{}", fmt::join(keys, ", "));
  std::vector<std::string> places;
  for (std::size_t n = 1; n <= keys.size(); ++n) places.push_back(fmt::format("?{}", n));
  const std::string select = fmt::format("SELECT {}{} FROM {}", key, whole_rows ? ", *" : "", from);
  const std::string order = fmt::format(" ORDER BY {} LIMIT {}", key, kRowsAtOnce);
  trees_.push_back({select + order, fmt::format("{} WHERE ({}) > ({}){}", select, key, fmt::join(places, ", "), order),
                    keys.size()});
}

std::optional<std::size_t> PageWalk::step() {
  if (trees_.empty()) return std::nullopt;
  const std::size_t read = read_rows(trees_.back());
  if (read == 0) {
    trees_.pop_back();
    key_.clear();
  }
  return read;
}

/// Zero: there are no more rows.
std::size_t PageWalk::read_rows(const Tree& tree) {
  const StatementPtr rows = db_.prepare(key_.empty() ? tree.first : tree.next);
  for (std::size_t n = 0; n < key_.size(); ++n) {
    sqlite3_bind_value(rows.get(), static_cast<int>(n) + 1, key_[n].get());
  }
  std::size_t read = 0;
  while (read < kBytesAtOnce && db_.step(*rows)) {
    const int columns = sqlite3_column_count(rows.get());
    for (int column = 0; column < columns; ++column) {
      const int type = sqlite3_column_type(rows.get(), column);
      const bool has_length = type == SQLITE_TEXT || type == SQLITE_BLOB;
      read += kNumberBytes;
      if (has_length) read += static_cast<std::size_t>(sqlite3_column_bytes(rows.get(), column));
    }
    key_.clear();
    for (std::size_t n = 0; n < tree.keys; ++n) {
      key_.emplace_back(sqlite3_value_dup(sqlite3_column_value(rows.get(), static_cast<int>(n))));
      if (key_.back() == nullptr) throw DbError(SQLITE_NOMEM, "out of memory");
    }
  }
  return read;
}

}  // namespace pw::store
