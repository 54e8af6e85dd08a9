#pragma once
/// Periodic work of the store between batches.

#include "core/clock_check.hpp"
#include "core/time.hpp"
#include "store/database.hpp"
#include "store/disk_trouble.hpp"
#include "store/store.hpp"
#include "store/unconfigured.hpp"

#include <chrono>
#include <optional>

namespace pw::store {

/// Used by the store thread; all constructor arguments must outlive it. Whatever fails is retried at the next turn.
class Maintenance {
 public:
  Maintenance(Database& db, const StoreSettings& settings, const Clock& clock, ClockCheck& clock_check,
              DiskTrouble& trouble, UnconfiguredRows& unconfigured)
      : db_(db),
        settings_(settings),
        clock_(clock),
        clock_check_(clock_check),
        trouble_(trouble),
        unconfigured_(unconfigured) {}

  /// Does what is due, in bounded steps.
  void take_turn(std::size_t queued);
  /// The longest time that may pass until the next turn.
  [[nodiscard]] Milliseconds next_turn() const;
  /// The last turn: deletes once more, saves the time and that the stop was clean, and moves everything from the
  /// write-ahead log to the file, so that the file alone is the database.
  void finish();

 private:
  void delete_in_turn();
  void save_clock();
  void empty_wal_in_turn(std::size_t queued);

  Database& db_;
  const StoreSettings& settings_;
  const Clock& clock_;
  ClockCheck& clock_check_;
  DiskTrouble& trouble_;
  UnconfiguredRows& unconfigured_;
  std::optional<std::chrono::steady_clock::time_point> last_deletion_;
  std::optional<std::chrono::steady_clock::time_point> clock_saved_;
  bool more_to_delete_ = false;
  std::chrono::steady_clock::time_point next_emptying_{};
};

}  // namespace pw::store
