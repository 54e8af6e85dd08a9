#include "store/store.hpp"

#include "core/log.hpp"
#include "core/mutex.hpp"
#include "core/service_thread.hpp"
#include "store/alerts.hpp"
#include "store/articles.hpp"
#include "store/batch_queue.hpp"
#include "store/copy_database.hpp"
#include "store/disk_trouble.hpp"
#include "store/file_lock.hpp"
#include "store/file_watch.hpp"
#include "store/group_writer.hpp"
#include "store/instance.hpp"
#include "store/integrity_check.hpp"
#include "store/items.hpp"
#include "store/log_reader.hpp"
#include "store/maintenance.hpp"
#include "store/published_seq.hpp"
#include "store/reader.hpp"
#include "store/schema.hpp"
#include "store/sources.hpp"
#include "store/start_state.hpp"
#include "store/unconfigured.hpp"

#include <algorithm>
#include <atomic>
#include <utility>

namespace pw::store {

namespace {

/// How much too early something may be deleted, and how long a doubtful clock is observed. Both depend on the
/// shortest retention.
ClockCheck::Limits clock_limits(const StoreSettings& settings) {
  using namespace std::chrono_literals;
  constexpr Milliseconds kDay = 24h;
  Milliseconds shortest = kDay * 10;
  for (const Milliseconds kept : {settings.retention_articles, settings.retention_alerts}) {
    if (kept > Milliseconds::zero()) shortest = std::min(shortest, kept);
  }
  return {std::clamp<Milliseconds>(shortest / 10, 1min, kDay), std::clamp<Milliseconds>(shortest, 10min, kDay)};
}

/// A failure at start-up becomes an error that names the file.
template <class Work>
auto at_start(const std::string& path, const Work& work) {
  try {
    return work();
  } catch (const DbError& error) {
    if (is_damage(error)) confirm_damage(error.what(), path);
    throw std::runtime_error(fmt::format("{}: {}", path, to_error(error).message));
  }
}

}  // namespace

class Store::Impl {
 public:
  Impl(StoreSettings settings, const Clock& clock, OnCommitted on_committed, OnFailed on_failed)
      : settings_(std::move(settings)),
        on_committed_(std::move(on_committed)),
        on_failed_(std::move(on_failed)),
        lock_(settings_.path + ".lock"),
        opened_(open_database(settings_.path)),
        instance_(at_start(settings_.path, [this] { return std::make_unique<Instance>(*opened_.db, settings_.path); })),
        start_(at_start(settings_.path, [this] { return read_start_state(*opened_.db); })),
        reader_(settings_.path, suspicion_),
        clock_check_(clock, clock_limits(settings_), start_.last_run),
        trouble_(settings_.path, suspicion_),
        published_(start_.published),
        queue_(settings_.queue_capacity),
        writer_(*opened_.db, *instance_, published_, trouble_, clock, on_committed_),
        maintenance_(*opened_.db, settings_, clock, clock_check_, trouble_, unconfigured_),
        files_(settings_.path),
        pages_(settings_.path, settings_.check, clock,
               [this](const std::string& why) {
                 damage_ = why;
                 damaged_ = true;
               }),
        check_(std::make_shared<IntegrityCheck>(opened_.unchecked ? std::optional(settings_.path) : std::nullopt)),
        thread_(
            "store", [this] { run(); }, [this](const std::string& why) { give_up("the store failed: " + why); }) {}

  ~Impl() { close(); }

  void close() {
    queue_.close();
    check_->stop();
    const MutexLock lock(close_mutex_);
    thread_.join();
  }

  std::optional<std::string> trouble() const {
    if (check_->state() == IntegrityCheck::State::running) {
      return fmt::format("{}: the last stop was not clean, and the database is still being checked", settings_.path);
    }
    return trouble_.message();
  }

  BatchQueue& queue() { return queue_; }
  Reader& reader() { return reader_; }
  PublishedSeq& published() { return published_; }
  UnconfiguredRows& unconfigured() { return unconfigured_; }
  ClockCheck& clock_check() { return clock_check_; }
  Id log_id() const { return start_.log_id; }
  std::unique_ptr<LogSource> open_log() const {
    return std::make_unique<LogReader>(settings_.path, check_, suspicion_);
  }
  std::string check_report() const { return pages_.report(); }
  bool damaged() const { return damaged_; }
  const StoreSettings& settings() const { return settings_; }
  StoreStats stats() const { return {queue_.size(), writer_.commits()}; }

 private:
  void run() {
    switch (check_->wait()) {
      case IntegrityCheck::State::damaged:
        damaged_ = true;
        end_damaged(check_->problem());
        return;
      case IntegrityCheck::State::failed: give_up(check_->problem()); return;
      case IntegrityCheck::State::passed: write_all(); return;
      default: queue_.refuse_all(fail(Errc::cancelled, "the store is closed; the database was not checked yet"));
    }
  }

  void write_all() {
    pages_.start();
    while (queue_.wait(maintenance_.next_turn())) {
      if (!may_write()) return;
      if (!writer_.write(queue_)) save_published();
      maintenance_.take_turn(queue_.size());
    }
    pages_.stop();
    if (!may_write()) return;
    save_published();
    maintenance_.finish();
  }

  /// False, after giving up, if the file is damaged or is not at its path any more.
  bool may_write() {
    if (suspicion_->take()) pages_.suspect();
    if (damaged_) {
      end_damaged(damage_);
      return false;
    }
    if (const auto problem = files_.problem()) {
      leave_file(*problem);
      return false;
    }
    return true;
  }

  void end_damaged(const std::string& why) {
    log::say("store-damaged", "{}", why);
    refuse(why);
  }

  /// What is open is the only copy of what was stored.
  void leave_file(const std::string& problem) {
    const std::string aside = aside_name(settings_.path, "rescued");
    std::string rescue;
    try {
      copy_database(*opened_.db, aside, {});
      rescue = fmt::format("everything that was stored was saved to {}", aside);
    } catch (const std::exception& error) {
      rescue = fmt::format("what was stored could not be saved to {}: {}", aside, error.what());
    }
    const std::string why = fmt::format("{} while the daemon ran; {}", problem, rescue);
    log::say("store-file-gone", "{}", why);
    refuse(why);
  }

  void save_published() {
    if (trouble_.guard([this] { published_.write(*opened_.db); })) published_.write_again();
  }

  /// Nothing is committed from here on, but every waiting caller must get a result.
  void give_up(const std::string& message) {
    log::say("store-failed", "{}", message);
    refuse(message);
  }

  void refuse(const std::string& message) {
    queue_.refuse_all(fail(Errc::cancelled, "{}", message));
    if (on_failed_) on_failed_(message);
  }

  const StoreSettings settings_;
  const OnCommitted on_committed_;
  const OnFailed on_failed_;
  FileLock lock_;
  Opened opened_;
  const std::shared_ptr<Suspicion> suspicion_ = std::make_shared<Suspicion>();
  std::string damage_;  ///< what the check of all pages found; set before …
  std::atomic<bool> damaged_ = false;
  std::unique_ptr<Instance> instance_;
  const StartState start_;
  Reader reader_;
  ClockCheck clock_check_;
  DiskTrouble trouble_;
  PublishedSeq published_;
  UnconfiguredRows unconfigured_;
  BatchQueue queue_;
  GroupWriter writer_;
  Maintenance maintenance_;
  FileWatch files_;
  PageCheck pages_;
  const std::shared_ptr<IntegrityCheck> check_;
  Mutex close_mutex_;
  ServiceThread thread_ PW_GUARDED_BY(close_mutex_);
};

Store::Store(StoreSettings settings, const Clock& clock, OnCommitted on_committed, OnFailed on_failed)
    : impl_(std::make_unique<Impl>(std::move(settings), clock, std::move(on_committed), std::move(on_failed))) {}
Store::~Store() = default;

void Store::submit(Batch batch, Done done) { impl_->queue().put(std::move(batch), std::move(done)); }

Result<std::vector<KeyMatch>> Store::find_items(std::string_view source, std::span<const Id> keys) {
  return impl_->reader().read([&](Database& db) {
    std::vector<KeyMatch> out;
    for (const Id& key : keys) {
      if (auto found = find_item(db, source, key)) out.push_back(std::move(*found));
    }
    return out;
  });
}

Result<std::optional<Id>> Store::unfinished_story(std::string_view source, std::string_view item_id,
                                                  const Id& content) {
  return impl_->reader().read([&](Database& db) { return find_unfinished(db, source, item_id, content); });
}

Result<std::vector<RequestState>> Store::load_requests(std::string_view source, const Id& options) {
  return impl_->reader().read([&](Database& db) { return store::load_requests(db, source, options); });
}

Result<std::vector<SourceState>> Store::load_sources() { return impl_->reader().read(store::load_sources); }
Result<std::vector<Subscription>> Store::load_subscriptions() {
  return impl_->reader().read(store::load_subscriptions);
}
Result<std::vector<WatchlistCounts>> Store::load_watchlist_counts() {
  return impl_->reader().read(store::load_watchlist_counts);
}

Result<void> Store::visit_articles(Time since, std::size_t limit,
                                   const std::function<void(const StoryArticle&)>& visit) {
  return impl_->reader().read([&](Database& db) { store::visit_articles(db, since, limit, visit); });
}

Result<std::vector<SearchHit>> Store::search(std::string_view text, std::size_t limit) {
  return impl_->reader().read([&](Database& db) { return search_articles(db, text, limit); });
}

Result<Counts> Store::counts() {
  return impl_->reader().read([](Database& db) {
    Query query = db.query(
        "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM alerts), (SELECT count(*) FROM sources), "
        "(SELECT value FROM meta WHERE key = 'head')");
    query.step();
    const auto column = [&](int index) { return static_cast<std::uint64_t>(query.number(index)); };
    return Counts{column(0), column(1), column(2), column(3)};
  });
}

void Store::keep_only(std::vector<std::string> sources, std::vector<std::string> watchlists) {
  impl_->unconfigured().keep_only(std::move(sources), std::move(watchlists));
}

std::uint64_t Store::published_seq() const { return impl_->published().get(); }
void Store::set_published(std::uint64_t seq) { impl_->published().set(seq); }
Id Store::log_id() const { return impl_->log_id(); }
std::unique_ptr<LogSource> Store::open_log() const { return impl_->open_log(); }
ClockCheck& Store::clock_check() { return impl_->clock_check(); }
std::optional<std::string> Store::trouble() const { return impl_->trouble(); }

StoreStats Store::stats() const { return impl_->stats(); }

bool Store::forgets() const {
  const StoreSettings& settings = impl_->settings();
  return settings.retention_articles > Milliseconds::zero() || settings.retention_alerts > Milliseconds::zero();
}

std::string Store::check_report() const { return impl_->check_report(); }
bool Store::damaged() const { return impl_->damaged(); }

void Store::close() { impl_->close(); }

}  // namespace pw::store
