#pragma once
/// One poll of a source: poll, fetch, parse, new items, process, commit.

#include "pipeline/article_processor.hpp"
#include "pipeline/dependencies.hpp"
#include "pipeline/poll_items.hpp"
#include "pipeline/poll_result.hpp"
#include "pipeline/request_plan.hpp"
#include "pipeline/source_entry.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <optional>

namespace pw::pipeline {

/// One object per poll. Loop thread only; the references must outlive it. The cursor and the validators are saved only
/// when everything they cover has been stored.
class PollCycle {
 public:
  PollCycle(boost::asio::any_io_executor loop, const Dependencies& deps, ArticleProcessor& articles, Counters& counters,
            const PollSettings& settings, SourceEntry& entry);

  /// Runs the poll. When it returns, the articles are in the store, and the source's state is still to be committed.
  boost::asio::awaitable<void> run();
  /// The same for content delivered by a hub.
  boost::asio::awaitable<void> run_delivery(Delivery delivery);
  /// Saves the source's state, including what the poll learned.
  boost::asio::awaitable<void> commit_state();

  [[nodiscard]] PollResult& result() { return result_; }

 private:
  boost::asio::awaitable<bool> poll();
  boost::asio::awaitable<void> process_items();
  void learn_dates();

  boost::asio::any_io_executor loop_;
  const Dependencies& deps_;
  ArticleProcessor& articles_;
  Counters& counters_;
  PollSettings settings_;
  SourceEntry& entry_;
  PollResult result_;
  std::optional<RequestPlan> plan_;
};

}  // namespace pw::pipeline
