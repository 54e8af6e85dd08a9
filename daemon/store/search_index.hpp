#pragma once
/// The full-text index of the articles.

#include "store/database.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pw::store {

/// Adds the words of new articles once per transaction, as its last step: at every savepoint, FTS5 would write what it
/// has so far as a segment of its own, to be merged later. Deleted articles leave the index by a trigger. Used by the
/// store thread; all functions throw DbError.
class SearchIndex {
 public:
  explicit SearchIndex(Database& db) : db_(db) {}

  /// The article of this row is about to be inserted.
  void add(std::int64_t row) { pending_.push_back(row); }
  /// The article of this row, if it is still stored, is about to get another text. Its old words are removed.
  void replace(std::int64_t row);

  /// How many articles wait; forget_after() drops those that were added since, because their batch failed.
  [[nodiscard]] std::size_t pending() const { return pending_.size(); }
  void forget_after(std::size_t pending) { pending_.resize(pending); }

  /// Writes the words of the waiting articles. Call it right before the commit.
  void write();

 private:
  Database& db_;
  std::vector<std::int64_t> pending_;
};

}  // namespace pw::store
