#pragma once
/// Starts polls when they are due and applies new configurations.

#include "config/settings.hpp"
#include "pipeline/article_processor.hpp"
#include "pipeline/deferred_alerts.hpp"
#include "pipeline/dependencies.hpp"
#include "pipeline/poll_runner.hpp"
#include "pipeline/source_table.hpp"
#include "pipeline/story_tracker.hpp"
#include "pipeline/watchlist_stats.hpp"
#include "pipeline/watchlists.hpp"
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
  /// Throws config::ConfigError if a query or an option of a source is invalid, std::runtime_error if the store cannot
  /// be read.
  Pipeline(const boost::asio::any_io_executor& loop, Dependencies deps, const config::Settings& settings);

  /// Starts polling.
  void start();

  /// Applies new settings. Unchanged sources and watchlists are not disturbed. Throws like the constructor; in that
  /// case nothing has changed.
  void reload(const config::Settings& settings);

  /// Stops the scheduler, cancels pending operations and returns when all polls have ended.
  boost::asio::awaitable<void> stop();

  /// Polls the source as soon as possible, even if it is not due. False if it does not exist or is disabled.
  bool ask_now(std::string_view source) { return polls_.ask_now(source); }
  [[nodiscard]] bool may_ask(std::string_view source) const;

  [[nodiscard]] std::vector<SourceStatus> sources() const { return sources_.statuses(); }
  [[nodiscard]] const Counters& counters() const { return counters_; }
  [[nodiscard]] const Watchlists& watchlists() const { return *lists_; }
  [[nodiscard]] const WatchlistStats& watchlist_stats() const { return stats_; }

 private:
  boost::asio::awaitable<void> run_scheduler();
  boost::asio::awaitable<void> warm_up_stories();
  void begin_release();

  Dependencies deps_;
  Counters counters_;
  WatchlistCompiler compiler_;
  std::shared_ptr<const Watchlists> lists_;
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
