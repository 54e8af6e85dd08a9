#pragma once
/// Starts polls when they are due and applies new configurations.

#include "pipeline/article_processor.hpp"
#include "pipeline/configuration.hpp"
#include "pipeline/deferred_alerts.hpp"
#include "pipeline/dependencies.hpp"
#include "pipeline/poll_runner.hpp"
#include "pipeline/source_table.hpp"
#include "pipeline/story_tracker.hpp"
#include "pipeline/watchlist_stats.hpp"
#include "runtime/spawn.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <string_view>
#include <vector>

namespace pw::pipeline {

/// Loop thread only; parsing, extraction, matching and reads of the store run on the pool.
class Pipeline {
 public:
  /// Throws std::runtime_error if the store cannot be read.
  Pipeline(const boost::asio::any_io_executor& loop, Dependencies deps, ConfigurationUpdate first);

  /// Starts polling.
  void start();

  /// Puts a configuration in force, in one step. Unchanged sources and watchlists are not disturbed. Returns what was
  /// replaced, which articles in progress may still use and whose destruction takes a while.
  std::vector<std::shared_ptr<const void>> apply(ConfigurationUpdate update);

  /// Stops the scheduler, cancels pending operations and returns when all polls have ended.
  boost::asio::awaitable<void> stop();

  /// Polls the source as soon as possible, even if it is not due. False if it does not exist or is disabled.
  bool ask_now(std::string_view source) { return polls_.ask_now(source); }
  [[nodiscard]] bool may_ask(std::string_view source) const;

  [[nodiscard]] std::vector<SourceStatus> sources() const { return sources_.statuses(); }
  [[nodiscard]] std::size_t source_count() const { return sources_.all().size(); }
  [[nodiscard]] SourcesOverview overview() const { return sources_.overview(); }
  [[nodiscard]] SourcesSample sample_sources() const { return sources_.sample(); }
  [[nodiscard]] const ServerClocks& server_clocks() const { return polls_.server_clocks(); }
  [[nodiscard]] const Counters& counters() const { return counters_; }
  [[nodiscard]] const Watchlists& watchlists() const { return *lists_; }
  [[nodiscard]] const WatchlistStats& watchlist_stats() const { return stats_; }

 private:
  boost::asio::awaitable<void> run_scheduler();
  boost::asio::awaitable<void> warm_up_stories();
  void begin_release();

  Dependencies deps_;
  Counters counters_;
  std::shared_ptr<const Watchlists> lists_;
  std::shared_ptr<MatcherPool> matchers_;
  WatchlistStats stats_;
  SourceTable sources_;
  StoryTracker stories_;
  ArticleProcessor articles_;
  DeferredAlerts deferred_;
  PollRunner polls_;
  runtime::TaskGroup tasks_;
  boost::asio::steady_timer wake_;
  bool stopping_ = false;
};

}  // namespace pw::pipeline
