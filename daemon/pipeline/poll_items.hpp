#pragma once
/// The items of one poll.

#include "config/settings.hpp"
#include "pipeline/article_processor.hpp"
#include "pipeline/dependencies.hpp"
#include "pipeline/poll_result.hpp"
#include "pipeline/source_entry.hpp"
#include "runtime/async_mutex.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <map>
#include <string>

namespace pw::pipeline {

/// Settings of a poll that do not belong to its source.
struct PollSettings {
  config::ScheduleSettings schedule;
  unsigned max_per_host = 1;  ///< pages fetched concurrently from one host
};

/// Selects the new and changed items of a poll and processes them concurrently. What exceeds the limits of one poll is
/// left to the next ones and reported. Loop thread only; the references must outlive it.
class PollItems {
 public:
  PollItems(boost::asio::any_io_executor loop, const Dependencies& deps, ArticleProcessor& articles,
            const PollSettings& settings, SourceEntry& entry, PollResult& result);

  /// When it returns, the articles are in the store. Consumes the items of the result.
  boost::asio::awaitable<void> process();

 private:
  boost::asio::awaitable<Selection> select();
  boost::asio::awaitable<void> process_one(const Candidate& candidate, const std::string& host, ArticleContext context);
  void note_outcome(const Candidate& candidate, const std::string& host, ArticleOutcome outcome);

  boost::asio::any_io_executor loop_;
  const Dependencies& deps_;
  ArticleProcessor& articles_;
  const PollSettings& settings_;
  SourceEntry& entry_;
  PollResult& result_;
  runtime::AsyncMutex plugin_;
  std::map<std::string, Error> unresponsive_hosts_;  ///< hosts whose pages could not be read in this poll
  bool page_held_ = false;                           ///< an item must be listed again because its page failed
};

}  // namespace pw::pipeline
