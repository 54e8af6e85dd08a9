#include "store/store.hpp"

#include "core/log.hpp"
#include "core/mutex.hpp"
#include "store/file_lock.hpp"
#include "store/file_modes.hpp"
#include "store/instance.hpp"
#include "store/reader.hpp"
#include "store/schema.hpp"
#include "store/writer.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <deque>
#include <exception>
#include <filesystem>
#include <string_view>
#include <thread>
#include <utility>

namespace pw::store {

namespace {

constexpr std::size_t kGroupAlerts = 100;
constexpr Milliseconds kGroupTime{5};
constexpr std::chrono::seconds kIdleWake{1};
constexpr Milliseconds kRetentionEvery{60'000};
constexpr Milliseconds kRetentionPause{20};  // between its steps, so that others are served
constexpr Milliseconds kSaveClockEvery{600'000};
constexpr Milliseconds kEmptyingEvery{2000};  // between attempts to empty the write-ahead log
constexpr Milliseconds kWaitForReaders{50};   // at such an attempt
constexpr std::uintmax_t kMuch = 4;           // times its bound: then it is no longer a matter of a calm moment

struct Job {
  Batch batch;
  Store::Done done;
};

/// The outcome of one job of a group, kept until the group's commit.
struct Outcome {
  Store::Done done;
  Result<Committed> result;
};

/// How much too early something may be deleted, and how long to wait in doubt: by the shortest time that is to be kept.
ClockCheck::Limits clock_limits(const StoreSettings& settings) {
  using namespace std::chrono_literals;
  constexpr Milliseconds kDay = 24h;
  Milliseconds shortest = kDay * 10;
  for (const Milliseconds kept : {settings.retention_articles, settings.retention_alerts}) {
    if (kept > Milliseconds::zero()) shortest = std::min(shortest, kept);
  }
  return {std::clamp<Milliseconds>(shortest / 10, 1min, kDay), std::clamp<Milliseconds>(shortest, 10min, kDay)};
}

std::unique_ptr<Database> open_database(const std::string& path) {
  try {
    make_private(path);
    auto db = std::make_unique<Database>(path, Access::read_write);
    open_schema(*db, path);
    return db;
  } catch (const DbError& error) {
    if (error.code == SQLITE_CANTOPEN) {
      throw std::runtime_error(fmt::format(
          "{}: cannot be opened ({}). Does the folder exist, and may this user write in it?", path, error.what()));
    }
    throw std::runtime_error(fmt::format("{}: {}", path, to_error(error).message));
  }
}

std::unique_ptr<Instance> open_instance(Database& db, const std::string& path) {
  try {
    return std::make_unique<Instance>(db, path);
  } catch (const DbError& error) {
    throw std::runtime_error(fmt::format("{}: {}", path, to_error(error).message));
  }
}

}  // namespace

class Store::Impl {
 public:
  Impl(StoreSettings settings, const Clock& clock, OnCommitted on_committed, OnFailed on_failed)
      : settings_(std::move(settings)),
        clock_(clock),
        on_committed_(std::move(on_committed)),
        on_failed_(std::move(on_failed)),
        lock_(settings_.path + ".lock"),
        db_(open_database(settings_.path)),
        instance_(open_instance(*db_, settings_.path)),
        reader_(settings_.path),
        clock_check_(clock_, clock_limits(settings_), reader_.last_run()),
        log_id_(reader_.log_id()),
        published_(reader_.published_seq()),
        written_published_(published_.load()) {
    thread_ = std::thread([this] { run(); });
  }

  ~Impl() { close(); }

  void submit(Batch batch, Done done) {
    Error refused;
    {
      const MutexLock lock(mutex_);
      if (!closing_ && queue_.size() < settings_.queue_capacity) {
        queue_.push_back({std::move(batch), std::move(done)});
        wake_.notify_one();
        return;
      }
      refused = closing_ ? fail(Errc::cancelled, "the store is closed")
                         : fail(Errc::busy, "the store's queue is full ({} batches)", settings_.queue_capacity);
    }
    if (done) done(refused);
  }

  void close() {
    {
      const MutexLock lock(mutex_);
      closing_ = true;
      wake_.notify_one();
    }
    const MutexLock lock(close_mutex_);
    if (thread_.joinable()) thread_.join();
  }

  void set_published(std::uint64_t seq) { published_ = seq; }
  std::uint64_t published() const { return published_; }
  Reader& reader() { return reader_; }
  Id log_id() const { return log_id_; }
  ClockCheck& clock_check() { return clock_check_; }
  bool forgets() const {
    return settings_.retention_articles > Milliseconds::zero() || settings_.retention_alerts > Milliseconds::zero();
  }

 private:
  void run() {
    try {
      write_all();
    } catch (const std::exception& error) {
      give_up(error.what());
    } catch (...) {
      give_up("unknown exception");
    }
  }

  void write_all() {
    while (wait_for_work()) {
      if (!write_group()) save_published();
      apply_retention_in_turn();
      empty_wal_in_turn();
    }
    save_published();
    apply_retention_in_turn();
    // After a failure the next start checks the file; nothing else is lost.
    (void)guarded([this] {
      save_clock();
      mark_clean_stop(*db_);
    });
    db_.reset();
  }

  /// Nothing is committed any more, and whoever waits for an answer must have one.
  void give_up(std::string_view why) {
    db_.reset();
    std::deque<Job> queue;
    {
      const MutexLock lock(mutex_);
      closing_ = true;
      queue.swap(queue_);
    }
    const std::string message = fmt::format("the store failed: {}", why);
    spdlog::critical("{}", message);
    for (Job& job : queue) {
      if (job.done) job.done(fail(Errc::cancelled, "{}", message));
    }
    if (on_failed_) on_failed_(message);
  }

  /// False when the store is closing and everything queued is written.
  bool wait_for_work() {
    const auto until = std::chrono::steady_clock::now() + (more_to_forget_ ? kRetentionPause : kIdleWake);
    const MutexLock lock(mutex_);
    while (!closing_ && queue_.empty() && wake_.wait_until(mutex_, until)) {
    }
    return !closing_ || !queue_.empty();
  }

  std::optional<Job> next_job() {
    const MutexLock lock(mutex_);
    if (queue_.empty()) return std::nullopt;
    Job job = std::move(queue_.front());
    queue_.pop_front();
    return job;
  }

  /// False when nothing was queued.
  bool write_group() {
    std::optional<Job> job = next_job();
    if (!job) return false;
    std::vector<Outcome> outcomes;
    try {
      write_jobs(job, outcomes);
    } catch (...) {
      // Who is not answered would wait for ever.
      if (job && job->done) outcomes.push_back({std::move(job->done), Committed{}});
      for (auto& outcome : outcomes) {
        if (const auto done = std::exchange(outcome.done, nullptr)) done(fail(Errc::cancelled, "the store failed"));
      }
      throw;
    }
    return true;
  }

  /// One transaction of `job` and what is queued behind it.
  void write_jobs(std::optional<Job>& job, std::vector<Outcome>& outcomes) {
    std::size_t alerts = 0;
    const auto deadline = std::chrono::steady_clock::now() + kGroupTime;
    std::optional<Error> failed = guarded([this] {
      db_->execute("BEGIN IMMEDIATE");
      write_published();
    });
    while (job) {
      outcomes.push_back({std::exchange(job->done, nullptr), Committed{}});
      outcomes.back().result = failed ? Result<Committed>(*failed) : write_job(job->batch, failed);
      if (outcomes.back().result) alerts += outcomes.back().result->alerts.size();
      const bool enough = failed || alerts >= kGroupAlerts || std::chrono::steady_clock::now() >= deadline;
      job = enough ? std::nullopt : next_job();
    }
    if (!failed) failed = guarded([this] { db_->execute("COMMIT"); });
    if (failed) roll_back();
    report(outcomes, failed);
  }

  /// One batch behind a savepoint. Sets `lost` when SQLite gave up the whole transaction.
  Result<Committed> write_job(const Batch& batch, std::optional<Error>& lost) {
    try {
      db_->execute("SAVEPOINT batch");
      Committed committed = write_batch(*db_, batch, clock_.now());
      db_->execute("RELEASE batch");
      return committed;
    } catch (const DbError& error) {
      return undo(to_error(error), lost);
    } catch (const std::exception& error) {
      return undo(fail(Errc::io, "the store could not write a batch: {}", error.what()), lost);
    }
  }

  Error undo(Error reason, std::optional<Error>& lost) {
    if (!db_->in_transaction()) {
      lost = reason;
    } else {
      lost = guarded([this] { db_->execute("ROLLBACK TO batch; RELEASE batch"); });
    }
    return reason;
  }

  void report(std::vector<Outcome>& outcomes, const std::optional<Error>& failed) {
    std::vector<StoredAlert> all;
    for (auto& outcome : outcomes) {
      if (failed && outcome.result) outcome.result = *failed;
      if (!outcome.result) continue;
      all.insert(all.end(), outcome.result->alerts.begin(), outcome.result->alerts.end());
    }
    if (!all.empty()) instance_->set_head(all.back().seq);
    if (on_committed_ && !all.empty()) on_committed_(std::move(all));
    for (auto& outcome : outcomes) {
      if (const auto done = std::exchange(outcome.done, nullptr)) done(std::move(outcome.result));
    }
  }

  /// With a group's commit where there is one, so that it costs no sync of the disk of its own.
  void write_published() {
    const std::uint64_t published = published_;
    if (published == written_published_) return;
    db_->query("UPDATE meta SET value = ? WHERE key = 'published'").bind(static_cast<std::int64_t>(published)).run();
    written_published_ = published;
  }

  void save_published() {
    if (guarded([this] { write_published(); })) written_published_.reset();
  }

  /// One step; the next follows soon while there is more. Never by a clock that is doubted. May be late: after a
  /// failure the next turn tries again.
  void apply_retention_in_turn() {
    const auto now = clock_.steady();
    if (!more_to_forget_ && last_retention_ && now - *last_retention_ < kRetentionEvery) return;
    last_retention_ = now;
    more_to_forget_ = false;
    (void)guarded([&] {
      const ClockCheck::State clock = clock_check_.look();
      if (!clock.trusted) return;
      more_to_forget_ = apply_retention(*db_, settings_, clock.now);
      if (!clock_saved_ || now - *clock_saved_ >= kSaveClockEvery) save_clock();
    });
  }

  /// Throws DbError.
  void save_clock() {
    const ClockCheck::State clock = clock_check_.look();
    if (!clock.trusted) return;
    db_->query("INSERT OR REPLACE INTO meta VALUES ('clock', ?)").bind(to_ms(clock.now)).run();
    clock_saved_ = clock_.steady();
  }

  /// SQLite takes the pages of the write-ahead log over by itself, but its file keeps the size that it once had, and
  /// grows on as long as there is always a reader. Where it has grown, readers are waited for, a moment only.
  void empty_wal_in_turn() {
    const auto now = std::chrono::steady_clock::now();
    if (now < next_emptying_) return;
    std::error_code none;
    const std::uintmax_t size = std::filesystem::file_size(settings_.path + "-wal", none);
    if (none || size <= settings_.max_wal) return;
    if (queued() > 0 && size / kMuch <= settings_.max_wal) return;
    next_emptying_ = now + kEmptyingEvery;
    (void)guarded([this] { db_->empty_wal(kWaitForReaders); });
  }

  std::size_t queued() const {
    const MutexLock lock(mutex_);
    return queue_.size();
  }

  template <class Work>
  static std::optional<Error> guarded(const Work& work) {
    try {
      work();
      return std::nullopt;
    } catch (const DbError& error) {
      return to_error(error);
    } catch (const std::exception& error) {
      return fail(Errc::io, "the store: {}", error.what());
    }
  }

  void roll_back() {
    written_published_.reset();
    if (db_->in_transaction()) (void)guarded([this] { db_->execute("ROLLBACK"); });
  }

  const StoreSettings settings_;
  const Clock& clock_;
  const OnCommitted on_committed_;
  const OnFailed on_failed_;
  FileLock lock_;
  std::unique_ptr<Database> db_;
  std::unique_ptr<Instance> instance_;
  Reader reader_;
  ClockCheck clock_check_;
  const Id log_id_;
  std::atomic<std::uint64_t> published_;
  std::optional<std::uint64_t> written_published_;  ///< nothing: unsure after a failure
  std::optional<std::chrono::steady_clock::time_point> last_retention_;
  std::optional<std::chrono::steady_clock::time_point> clock_saved_;
  bool more_to_forget_ = false;
  std::chrono::steady_clock::time_point next_emptying_{};

  mutable Mutex mutex_;
  Condition wake_;
  std::deque<Job> queue_ PW_GUARDED_BY(mutex_);
  bool closing_ PW_GUARDED_BY(mutex_) = false;
  Mutex close_mutex_;
  std::thread thread_ PW_GUARDED_BY(close_mutex_);
};

Store::Store(StoreSettings settings, const Clock& clock, OnCommitted on_committed, OnFailed on_failed)
    : impl_(std::make_unique<Impl>(std::move(settings), clock, std::move(on_committed), std::move(on_failed))) {}
Store::~Store() = default;

void Store::submit(Batch batch, Done done) { impl_->submit(std::move(batch), std::move(done)); }
std::optional<KnownItem> Store::find_item(std::string_view source, std::string_view item_id) {
  return impl_->reader().find_item(source, item_id);
}
bool Store::known_url(std::string_view url_key) { return impl_->reader().known_url(url_key); }
std::optional<Id> Store::unfinished_story(std::string_view source, std::string_view item_id) {
  return impl_->reader().unfinished_story(source, item_id);
}
std::vector<SourceState> Store::load_sources() { return impl_->reader().load_sources(); }
std::optional<Validators> Store::load_validators(std::string_view url) { return impl_->reader().load_validators(url); }
void Store::visit_articles(Time since, std::size_t limit, const std::function<void(const StoryArticle&)>& visit) {
  impl_->reader().visit_articles(since, limit, visit);
}
std::vector<Subscription> Store::load_subscriptions() { return impl_->reader().load_subscriptions(); }
std::vector<ChannelCounts> Store::load_channels() { return impl_->reader().load_channels(); }
std::vector<SearchHit> Store::search(std::string_view text, std::size_t limit) {
  return impl_->reader().search(text, limit);
}
Counts Store::counts() { return impl_->reader().counts(); }
std::uint64_t Store::published_seq() { return impl_->published(); }
void Store::set_published(std::uint64_t seq) { impl_->set_published(seq); }
Id Store::log_id() const { return impl_->log_id(); }
ClockCheck& Store::clock_check() { return impl_->clock_check(); }
bool Store::forgets() const { return impl_->forgets(); }
void Store::close() { impl_->close(); }

}  // namespace pw::store
