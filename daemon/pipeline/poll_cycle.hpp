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

/// Settings of a poll that do not belong to its source.
struct PollSettings {
  config::ScheduleSettings schedule;
  unsigned max_per_host = 1;  ///< pages fetched concurrently from one host
};

/// One object per poll. Loop thread only; the references must outlive it. Rules it implements:
///
///   A validator belongs to the source, the request and the source's options. A 304 ends only its own request: the
///   follow-ups of the last full answer are still requested.
///   The cursor and the validators are saved only when everything they cover has been stored.
///   What exceeds the limits of one poll is left to the next ones and reported.
class PollCycle {
 public:
  PollCycle(boost::asio::any_io_executor loop, const Dependencies& deps, ArticleProcessor& articles, Counters& counters,
            PollSettings settings, SourceEntry& entry);

  /// Runs the poll. When it returns, the articles are in the store, and the source's state is still to be committed.
  boost::asio::awaitable<void> run();
  /// The same for content delivered by a hub.
  boost::asio::awaitable<void> run_delivery(Delivery delivery);
  /// Saves the source's state, including what the poll learned.
  boost::asio::awaitable<void> commit_state();

  [[nodiscard]] PollResult& result() { return result_; }

 private:
  boost::asio::awaitable<bool> poll();
  boost::asio::awaitable<void> fetch(const RequestPlan::Step& step);
  boost::asio::awaitable<Result<fetch::FetchResponse>> ask(const RequestPlan::Step& step,
                                                           const store::RequestState* known);
  boost::asio::awaitable<void> parse(const RequestPlan::Step& step, const fetch::FetchResponse& response);
  boost::asio::awaitable<void> take_unchanged(const store::RequestState& known, const fetch::FetchResponse& response);
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
  std::map<std::string, Error> silent_hosts_;  ///< hosts whose pages could not be read in this poll
  std::size_t follow_ups_failed_ = 0;
  bool page_held_ = false;  ///< an item must be listed again because its page failed
};

}  // namespace pw::pipeline
