#pragma once
/// Commits batches in groups, because every commit waits for the disk.

#include "core/histogram.hpp"
#include "core/time.hpp"
#include "store/batch_queue.hpp"
#include "store/database.hpp"
#include "store/disk_trouble.hpp"
#include "store/instance.hpp"
#include "store/published_seq.hpp"
#include "store/search_index.hpp"
#include "store/store.hpp"

#include <optional>
#include <vector>

namespace pw::store {

/// Used by the store thread; all constructor arguments must outlive it.
class GroupWriter {
 public:
  GroupWriter(Database& db, Instance& instance, PublishedSeq& published, DiskTrouble& trouble, const Clock& clock,
              const Store::OnCommitted& on_committed)
      : db_(db),
        index_(db),
        instance_(instance),
        published_(published),
        trouble_(trouble),
        clock_(clock),
        on_committed_(on_committed) {}

  /// Commits queued batches in one transaction, each with its own savepoint, until 100 alerts or 5 ms are reached.
  /// Completes every batch, even if the callback throws (the exception is rethrown). False if nothing was queued.
  bool write(BatchQueue& queue);
  /// How long committed groups took. Any thread.
  [[nodiscard]] Distribution commits() const { return commits_.read(); }

 private:
  /// The result of one job, kept until the group is committed.
  struct Outcome {
    Storage::Done done;
    Result<Committed> result;
  };

  void write_jobs(std::optional<Job>& job, BatchQueue& queue, std::vector<Outcome>& outcomes);
  Result<Committed> write_job(const Batch& batch, std::optional<Error>& lost);
  void report(std::vector<Outcome>& outcomes, const std::optional<Error>& failed);
  void roll_back();

  Database& db_;
  SearchIndex index_;
  Instance& instance_;
  PublishedSeq& published_;
  DiskTrouble& trouble_;
  const Clock& clock_;
  const Store::OnCommitted& on_committed_;
  TimeHistogram commits_;
};

}  // namespace pw::store
