#include "store/group_writer.hpp"

#include "store/write_batch.hpp"

#include <chrono>
#include <utility>

namespace pw::store {

namespace {

using std::chrono::steady_clock;

constexpr std::size_t kGroupAlerts = 100;
constexpr Milliseconds kGroupTime{5};

}  // namespace

bool GroupWriter::write(BatchQueue& queue) {
  std::optional<Job> job = queue.take();
  if (!job) return false;
  std::vector<Outcome> outcomes;
  try {
    write_jobs(job, queue, outcomes);
  } catch (...) {
    // A batch that is never completed would leave its caller waiting forever.
    if (job && job->done) outcomes.push_back({std::move(job->done), Committed{}});
    for (auto& outcome : outcomes) {
      if (const auto done = std::exchange(outcome.done, nullptr)) done(fail(Errc::cancelled, "the store failed"));
    }
    throw;
  }
  return true;
}

void GroupWriter::write_jobs(std::optional<Job>& job, BatchQueue& queue, std::vector<Outcome>& outcomes) {
  std::size_t alerts = 0;
  const auto begun = steady_clock::now();
  const auto deadline = begun + kGroupTime;
  std::optional<Error> failed = trouble_.guard([this] {
    db_.query("BEGIN IMMEDIATE").run();
    published_.write(db_);
  });
  while (job) {
    outcomes.push_back({std::exchange(job->done, nullptr), Committed{}});
    outcomes.back().result = failed ? Result<Committed>(*failed) : write_job(job->batch, failed);
    if (outcomes.back().result) alerts += outcomes.back().result->alerts.size();
    const bool enough = failed || alerts >= kGroupAlerts || steady_clock::now() >= deadline;
    job = enough ? std::nullopt : queue.take();
  }
  if (!failed) {
    failed = trouble_.guard([this] {
      index_.write();
      db_.query("COMMIT").run();
    });
  }
  if (failed) {
    roll_back();
  } else {
    commits_.note(std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - begun));
  }
  report(outcomes, failed);
}

/// Sets `lost` if SQLite rolled back the whole transaction.
Result<Committed> GroupWriter::write_job(const Batch& batch, std::optional<Error>& lost) {
  Committed committed;
  const std::size_t waiting = index_.pending();
  auto failed = trouble_.guard([&] {
    db_.query("SAVEPOINT batch").run();
    committed = write_batch(db_, index_, batch, clock_.now());
    db_.query("RELEASE batch").run();
  });
  if (!failed) return committed;
  index_.forget_after(waiting);
  if (!db_.in_transaction()) {
    lost = failed;
  } else {
    lost = trouble_.guard([this] { db_.execute("ROLLBACK TO batch; RELEASE batch"); });
  }
  return *failed;
}

void GroupWriter::report(std::vector<Outcome>& outcomes, const std::optional<Error>& failed) {
  std::vector<StoredAlert> all;
  for (auto& outcome : outcomes) {
    if (failed && outcome.result) outcome.result = *failed;
    if (!outcome.result) continue;
    all.insert(all.end(), outcome.result->alerts.begin(), outcome.result->alerts.end());
  }
  if (!all.empty()) instance_.set_head(all.back().seq);
  if (on_committed_ && !all.empty()) on_committed_(std::move(all));
  for (auto& outcome : outcomes) {
    if (const auto done = std::exchange(outcome.done, nullptr)) done(std::move(outcome.result));
  }
}

void GroupWriter::roll_back() {
  published_.write_again();
  index_.forget_after(0);
  if (db_.in_transaction()) (void)trouble_.guard([this] { db_.execute("ROLLBACK"); });
}

}  // namespace pw::store
