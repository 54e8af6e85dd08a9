#pragma once
/// Determines which source is due next: an indexed binary heap, ordered by time.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace pw::schedule {

/// A source's number in the daemon; its meaning is up to the caller.
using SourceKey = std::uint64_t;

/// A point on the steady clock, so that setting the wall clock neither stalls nor hurries the sources.
using Instant = std::chrono::steady_clock::time_point;

/// Uses about 60 bytes per source; every change costs O(log n). Not thread-safe. A source that was taken is not due
/// again until set() is called.
class Scheduler {
 public:
  /// The same as set().
  void add(SourceKey key, Instant due);
  /// Sets the time of a source; adds the source if necessary.
  void set(SourceKey key, Instant due);
  /// Does nothing if the source is not present.
  void remove(SourceKey key);

  /// The time of the next source; nullopt if there are none.
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
