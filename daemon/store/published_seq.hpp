#pragma once
/// The seq up to which all alerts have been sent on the bus.

#include "store/database.hpp"

#include <atomic>
#include <cstdint>
#include <optional>

namespace pw::store {

/// set() and get(): any thread. The rest: store thread.
class PublishedSeq {
 public:
  explicit PublishedSeq(std::uint64_t stored) : value_(stored), written_(stored) {}

  void set(std::uint64_t seq) { value_ = seq; }
  [[nodiscard]] std::uint64_t get() const { return value_; }

  /// Does nothing if the value has not changed. Throws DbError.
  void write(Database& db) {
    const std::uint64_t value = value_;
    if (value == written_) return;
    db.query("UPDATE meta SET value = ? WHERE key = 'published'").bind(static_cast<std::int64_t>(value)).run();
    written_ = value;
  }
  /// Call after a rollback, which may have undone the last write().
  void write_again() { written_.reset(); }

 private:
  std::atomic<std::uint64_t> value_;
  std::optional<std::uint64_t> written_;
};

}  // namespace pw::store
