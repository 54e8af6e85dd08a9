#pragma once
/// One poll of a source: poll, fetch, parse, new items, process, commit.

#include "config/settings.hpp"
#include "pipeline/article_processor.hpp"
#include "pipeline/dependencies.hpp"
#include "pipeline/poll_result.hpp"
#include "pipeline/request_plan.hpp"
#include "pipeline/source_entry.hpp"
#include "runtime/async_mutex.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pw::pipeline {

/// What a poll works with beside its source.
struct PollSettings {
  config::ScheduleSettings schedule;
  unsigned max_per_host = 1;  ///< pages of one host that are fetched at a time
};

/// One object a poll; loop thread only. The rules that it knows:
///
///   A validator belongs to the source, the request and the source's options. A 304 ends only its own request: what the
///   last full answer led to is still asked for.
///   The cursor, and the validators, are saved only when everything that they stand for was stored.
///   What is more than one poll may take is left to the next ones, and said.
class PollCycle {
 public:
  PollCycle(boost::asio::any_io_executor loop, const Dependencies& deps, ArticleProcessor& articles, Counters& counters,
            PollSettings settings, SourceEntry& entry);

  /// The poll up to its articles; they are in the store when it ends. What it learned is still to be committed.
  boost::asio::awaitable<void> run();
  /// The same for an answer that a hub delivered.
  boost::asio::awaitable<void> run_delivery(Delivery delivery);
  /// Saves the source's state with what the poll learned.
  boost::asio::awaitable<void> commit_state();

  [[nodiscard]] PollResult& result() { return result_; }

 private:
  boost::asio::awaitable<bool> poll();
  boost::asio::awaitable<void> fetch(const RequestPlan::Step& step);
  boost::asio::awaitable<Result<fetch::FetchResponse>> ask(const RequestPlan::Step& step,
                                                           const store::RequestState* known);
  boost::asio::awaitable<void> parse(const RequestPlan::Step& step, const fetch::FetchResponse& response);
  void take_unchanged(const store::RequestState& known, const fetch::FetchResponse& response);
  void note_failure(const RequestPlan::Step& step, const Error& error, int status);
  void note_first_answer(const RequestPlan::Step& step, const fetch::FetchResponse& response);
  void say_what_is_left();
  boost::asio::awaitable<void> process_items();
  boost::asio::awaitable<Selection> select();
  boost::asio::awaitable<void> process_one(const Candidate& candidate, const std::string& host, ArticleContext context);
  void note_outcome(const Candidate& candidate, const std::string& host, ArticleOutcome outcome);
  void learn_dates();

  boost::asio::any_io_executor loop_;
  const Dependencies& deps_;
  ArticleProcessor& articles_;
  Counters& counters_;
  PollSettings settings_;
  SourceEntry& entry_;
  PollResult result_;
  std::optional<RequestPlan> plan_;
  std::vector<store::ItemVisit> aliases_;
  std::vector<std::int64_t> listed_;
  runtime::AsyncMutex plugin_;
  std::map<std::string, Error> silent_hosts_;  ///< whose pages could not be read in this poll
  std::size_t follow_ups_failed_ = 0;
  bool page_held_ = false;  ///< an item is to be had again because of its page
};

}  // namespace pw::pipeline
