#pragma once
/// Who is due next: an indexed binary heap of sources by time.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace pw::schedule {

/// A source's number in the daemon; the caller owns the meaning.
using SourceKey = std::uint64_t;

/// Of the steady clock: a wall clock that is set must neither stop the sources nor hurry them.
using Instant = std::chrono::steady_clock::time_point;

/// Holds some 60 bytes a source; every change costs O(log n). Not thread-safe.
/// A source that was taken is not due again until set() says when.
class Scheduler {
 public:
  /// As set().
  void add(SourceKey key, Instant due);
  /// Moves the source, or adds it.
  void set(SourceKey key, Instant due);
  /// Nothing happens when it is not there.
  void remove(SourceKey key);

  [[nodiscard]] std::optional<Instant> next_due() const;
  /// At most `max` sources that are due at `now`, the longest overdue first (ties by key), and takes them out.
  std::vector<SourceKey> take_due(Instant now, std::size_t max);

  [[nodiscard]] std::size_t size() const noexcept { return heap_.size(); }

 private:
  struct Entry {
    Instant due;
    SourceKey key;
    friend auto operator<=>(const Entry&, const Entry&) = default;
  };
  void place(std::size_t index, Entry entry);
  void sift_up(std::size_t index, Entry entry);
  void sift_down(std::size_t index, Entry entry);
  void erase_at(std::size_t index);

  std::vector<Entry> heap_;
  std::unordered_map<SourceKey, std::size_t> position_;
};

}  // namespace pw::schedule
