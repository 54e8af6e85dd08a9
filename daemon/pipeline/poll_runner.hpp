#pragma once
/// Runs the polls of the sources, and reads what hubs deliver in between.

#include "config/settings.hpp"
#include "core/server_clocks.hpp"
#include "pipeline/article_processor.hpp"
#include "pipeline/dependencies.hpp"
#include "pipeline/poll_cycle.hpp"
#include "pipeline/source_table.hpp"
#include "pipeline/websub_subscriber.hpp"
#include "runtime/spawn.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pw::pipeline {

/// One poll or delivery of a source at a time; plans the next poll when it ends, and publishes changes of the source's
/// health. Owns the WebSub subscriptions. Loop thread only; the references must outlive it.
class PollRunner {
 public:
  /// `rescheduled` is called when a source may have become due earlier. Throws std::runtime_error like
  /// WebSubSubscriber.
  PollRunner(const boost::asio::any_io_executor& loop, const Dependencies& deps, SourceTable& sources,
             ArticleProcessor& articles, Counters& counters, const config::WebSubSettings& websub,
             std::function<void()> rescheduled);

  /// Applies to polls that begin from now on.
  void use(const PollSettings& settings) { settings_ = settings; }

  /// Publishes the health of every source, and accepts deliveries.
  void start();
  /// Cancels all polls and returns when they have ended.
  boost::asio::awaitable<void> stop();

  /// Call when the table has changed: publishes the health of added sources and the last event of removed ones, and
  /// drops what is kept of sources that are no longer configured.
  void note_changes(const std::vector<std::shared_ptr<SourceEntry>>& removed);
  /// Starts a poll of the source, unless one is running.
  void begin(const std::shared_ptr<SourceEntry>& entry);
  /// Polls the source as soon as possible. False if it does not exist or is disabled.
  bool ask_now(std::string_view source);
  /// The longest rest that can have been planned at the source's last poll, without the hours it asks to skip.
  [[nodiscard]] Milliseconds longest_rest(const SourceEntry& entry) const;
  /// The clocks of the servers that answered polls.
  [[nodiscard]] const ServerClocks& server_clocks() const { return server_clocks_; }

 private:
  boost::asio::awaitable<void> poll(std::shared_ptr<SourceEntry> entry);
  boost::asio::awaitable<void> poll_once(SourceEntry& entry);
  boost::asio::awaitable<void> finish(SourceEntry& entry, PollCycle& cycle);
  void deliver(WebSubSubscriber::Delivery delivery);
  boost::asio::awaitable<void> read_deliveries(std::shared_ptr<SourceEntry> entry);
  boost::asio::awaitable<void> read_delivery(SourceEntry& entry, Delivery delivery);
  void end_poll(const std::shared_ptr<SourceEntry>& entry);
  void note_clock(const PollResult& result);
  [[nodiscard]] PollCycle cycle_of(SourceEntry& entry);
  [[nodiscard]] Time push_due(const SourceEntry& entry, Time due) const;
  void publish_removal(const SourceEntry& entry) const;
  void publish_new();
  void publish_health(SourceEntry& entry, const std::string& previous) const;

  boost::asio::any_io_executor loop_;
  const Dependencies& deps_;
  SourceTable& sources_;
  ArticleProcessor& articles_;
  Counters& counters_;
  std::function<void()> rescheduled_;
  PollSettings settings_;
  ServerClocks server_clocks_;
  std::unique_ptr<WebSubSubscriber> websub_;  ///< only if callbacks are configured
  runtime::TaskGroup tasks_;
  bool started_ = false;
  bool stopping_ = false;
};

}  // namespace pw::pipeline
