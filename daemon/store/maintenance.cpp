#include "store/maintenance.hpp"

#include "store/retention.hpp"
#include "store/schema.hpp"

#include <filesystem>
#include <system_error>

namespace pw::store {

namespace {

constexpr Milliseconds kIdleTurn{1000};
constexpr Milliseconds kDeletionEvery{60'000};
constexpr Milliseconds kDeletionPause{20};  // between deletion steps, so that batches are served
constexpr Milliseconds kSaveClockEvery{600'000};
constexpr Milliseconds kEmptyingEvery{2000};  // between attempts to empty the write-ahead log
constexpr Milliseconds kWaitForReaders{50};   // per attempt
constexpr Milliseconds kWaitAtStop{5000};     // the bus still reads, a page at a time
constexpr std::uintmax_t kMuch = 4;           // times max_wal: beyond that, it no longer waits for an idle moment

}  // namespace

void Maintenance::take_turn(std::size_t queued) {
  trouble_.try_again_in_turn(db_);
  delete_in_turn();
  empty_wal_in_turn(queued);
}

Milliseconds Maintenance::next_turn() const { return more_to_delete_ ? kDeletionPause : kIdleTurn; }

void Maintenance::finish() {
  delete_in_turn();
  // If this fails, the next start checks the file; nothing else is lost.
  (void)trouble_.guard([this] {
    save_clock();
    mark_clean_stop(db_);
    db_.empty_wal(kWaitAtStop);
  });
}

/// One step; the next follows soon if there is more to delete. Never while the clock is distrusted.
void Maintenance::delete_in_turn() {
  const auto now = clock_.steady();
  if (!more_to_delete_ && last_deletion_ && now - *last_deletion_ < kDeletionEvery) return;
  last_deletion_ = now;
  more_to_delete_ = false;
  (void)trouble_.guard([&] {
    const ClockCheck::State clock = clock_check_.look();
    if (!clock.trusted) return;
    more_to_delete_ = apply_retention(db_, settings_, clock.now);
    more_to_delete_ |= unconfigured_.step(db_, clock.now, now);
    if (!clock_saved_ || now - *clock_saved_ >= kSaveClockEvery) save_clock();
  });
}

/// Throws DbError.
void Maintenance::save_clock() {
  const ClockCheck::State clock = clock_check_.look();
  if (!clock.trusted) return;
  db_.query("INSERT OR REPLACE INTO meta VALUES ('clock', ?)").bind(to_ms(clock.now)).run();
  clock_saved_ = clock_.steady();
}

/// SQLite checkpoints the write-ahead log by itself, but the file never shrinks, and grows further while there is
/// always a reader. If it has grown, waits briefly for readers.
void Maintenance::empty_wal_in_turn(std::size_t queued) {
  const auto now = std::chrono::steady_clock::now();
  if (now < next_emptying_) return;
  std::error_code none;
  const std::uintmax_t size = std::filesystem::file_size(settings_.path + "-wal", none);
  if (none || size <= settings_.max_wal) return;
  if (queued > 0 && size / kMuch <= settings_.max_wal) return;
  next_emptying_ = now + kEmptyingEvery;
  (void)trouble_.guard([this] { db_.empty_wal(kWaitForReaders); });
}

}  // namespace pw::store
