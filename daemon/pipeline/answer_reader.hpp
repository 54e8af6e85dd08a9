#pragma once
/// The requests of one poll, and the answers to them.

#include "pipeline/dependencies.hpp"
#include "pipeline/poll_result.hpp"
#include "pipeline/request_plan.hpp"
#include "pipeline/source_entry.hpp"

#include <boost/asio/awaitable.hpp>

namespace pw::pipeline {

/// Makes the requests of a plan and has the source parse the answers, whose follow-ups join the plan. Loop thread only;
/// parsing runs on the pool. The references must outlive it.
///
///   A validator belongs to the source, the request and the source's options. A 304 ends only its own request: the
///   follow-ups of the last full answer are still requested.
///   A failed follow-up is only a warning; a failed first-level request fails the source.
class AnswerReader {
 public:
  AnswerReader(const Dependencies& deps, SourceEntry& entry, RequestPlan& plan, PollResult& result)
      : deps_(deps), entry_(entry), plan_(plan), result_(result) {}

  /// Makes all requests of the plan, unless one is cancelled, and warns of those left to the next polls.
  boost::asio::awaitable<void> read_all();
  /// Has the source parse one answer.
  boost::asio::awaitable<void> parse(const RequestPlan::Step& step, const fetch::FetchResponse& response);

 private:
  boost::asio::awaitable<void> fetch(const RequestPlan::Step& step);
  boost::asio::awaitable<Result<fetch::FetchResponse>> ask(const RequestPlan::Step& step,
                                                           const store::RequestState* known);
  boost::asio::awaitable<void> take_unchanged(const store::RequestState& known, const fetch::FetchResponse& response);
  void note_failure(const RequestPlan::Step& step, const Error& error, int status);
  void note_first_answer(const RequestPlan::Step& step, const fetch::FetchResponse& response);

  const Dependencies& deps_;
  SourceEntry& entry_;
  RequestPlan& plan_;
  PollResult& result_;
};

}  // namespace pw::pipeline
