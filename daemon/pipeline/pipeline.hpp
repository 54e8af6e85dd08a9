#pragma once
/// The only place that names every stage: schedule, source, fetch, parse, extract, match, stories, store, bus.

#include "bus/health_json.hpp"
#include "config/settings.hpp"
#include "core/mutex.hpp"
#include "core/result.hpp"
#include "fetch/fetcher.hpp"
#include "pipeline/article_work.hpp"
#include "pipeline/source_entry.hpp"
#include "pipeline/watchlist_stats.hpp"
#include "pipeline/watchlists.hpp"
#include "pipeline/websub_subscriber.hpp"
#include "runtime/pool.hpp"
#include "runtime/spawn.hpp"
#include "schedule/scheduler.hpp"
#include "source/registry.hpp"
#include "store/store.hpp"
#include "stories/story_index.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace pw::pipeline {

/// What the pipeline works with; all of it outlives the pipeline.
struct Dependencies {
  const source::Registry& registry;
  fetch::Fetcher& fetcher;
  runtime::Pool& pool;
  runtime::Pool& waiting;  ///< for calls of plugins that wait for a child
  store::Store& store;
  const Clock& clock;
  /// Told how a source stands: all of them at the start, then each that changes. Loop thread.
  std::function<void(const bus::HealthInfo&)> on_health;
};

struct Counters {
  std::uint64_t polls = 0;
  std::uint64_t pages = 0;
  std::uint64_t items = 0;
  std::uint64_t alerts = 0;
  std::uint64_t undecided = 0;  ///< matches given up: an article and a watchlist that would have taken too many steps
  std::uint64_t turns = 0;      ///< of the scheduler; the watchdog wants it to move
};

struct Round;
struct MatchedArticle;

/// Runs the sources. Loop thread only; parsing, extraction, matching and reads of the store are on the pool.
class Pipeline {
 public:
  /// Throws config::ConfigError when a query or a source's option does not compile.
  Pipeline(const boost::asio::any_io_executor& loop, Dependencies parts, const config::Settings& settings);

  /// Begins to take turns.
  void start();

  /// Takes over new settings: sources and watchlists that did not change go on undisturbed. Throws as the
  /// constructor, and then nothing has changed.
  void reload(const config::Settings& settings);

  /// Stops the scheduler, cancels what waits and ends when every turn has ended.
  boost::asio::awaitable<void> stop();

  [[nodiscard]] std::vector<SourceStatus> sources() const;
  [[nodiscard]] const Counters& counters() const { return counters_; }
  [[nodiscard]] const Watchlists& watchlists() const { return matchers_->lists(); }
  [[nodiscard]] const WatchlistStats& watchlist_stats() const { return stats_; }

 private:
  boost::asio::awaitable<void> take_turns();
  void begin_turn(schedule::SourceKey key);
  void begin_release();
  boost::asio::awaitable<void> recall_stories();
  boost::asio::awaitable<void> turn(std::shared_ptr<SourceEntry> entry);
  boost::asio::awaitable<void> take_turn(SourceEntry& entry);
  boost::asio::awaitable<Round> ask(SourceEntry& entry);
  boost::asio::awaitable<void> answer(SourceEntry& entry, source::Request request, Round& round,
                                      std::vector<source::Request>& more);
  boost::asio::awaitable<void> read(SourceEntry& entry, const source::Request& request,
                                    const fetch::FetchResponse& response, Round& round,
                                    std::vector<source::Request>& more);
  void deliver(WebSubSubscriber::Delivery delivery);
  boost::asio::awaitable<void> read_pushed(std::shared_ptr<SourceEntry> entry);
  boost::asio::awaitable<void> read_one(SourceEntry& entry, const Pushed& pushed);
  [[nodiscard]] Time push_due(const SourceEntry& entry, Time due) const;
  [[nodiscard]] Milliseconds longest_rest(const SourceEntry& entry) const;
  void end_turn(SourceEntry& entry);
  boost::asio::awaitable<void> release_held();
  boost::asio::awaitable<void> follow_new(SourceEntry& entry, Round& round);
  void publish_health(const SourceEntry& entry, const std::string& previous) const;
  boost::asio::awaitable<void> follow(SourceEntry& entry, source::Item item, Round& round);
  boost::asio::awaitable<Result<Article>> article_of(SourceEntry& entry, const source::Item& item, Timestamps& moments,
                                                     Round& round);
  boost::asio::awaitable<Result<void>> store_in_portions(SourceEntry& entry, MatchedArticle& matched);
  boost::asio::awaitable<std::vector<source::Item>> only_new(SourceEntry& entry, std::vector<source::Item> items);
  boost::asio::awaitable<Result<store::Committed>> commit(store::Batch batch);
  boost::asio::awaitable<void> finish(SourceEntry& entry, Round& round);
  [[nodiscard]] runtime::Pool& pool_of(const SourceEntry& entry) const;
  bool add_source(const config::SourceSettings& settings, store::SourceState state);
  [[nodiscard]] Time first_due(const SourceEntry& entry) const;
  [[nodiscard]] Milliseconds usual_interval(const config::SourceSettings& settings) const;
  Time due_after(SourceEntry& entry, const Round& round) const;
  [[nodiscard]] Time story_time() const;

  boost::asio::any_io_executor loop_;
  Dependencies deps_;
  config::ScheduleSettings schedule_settings_;
  WatchlistCompiler watchlists_;
  std::shared_ptr<MatcherPool> matchers_;
  WatchlistStats stats_;
  bool releasing_ = false;
  schedule::Scheduler scheduler_;
  std::map<schedule::SourceKey, std::shared_ptr<SourceEntry>> entries_;
  std::map<std::string, schedule::SourceKey, std::less<>> keys_;
  schedule::SourceKey next_key_ = 1;
  Mutex stories_mutex_;
  stories::StoryIndex stories_ PW_GUARDED_BY(stories_mutex_);
  Time started_;  ///< by a clock that is believed
  schedule::Instant started_steady_;
  std::unique_ptr<WebSubSubscriber> websub_;  ///< where callbacks are configured
  runtime::TaskGroup tasks_;
  boost::asio::steady_timer wake_;
  Counters counters_;
  bool stopping_ = false;
};

}  // namespace pw::pipeline
