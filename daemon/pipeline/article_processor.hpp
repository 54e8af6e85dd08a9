#pragma once
/// The way of one article: its page and what the source said of it, what matches, its story, its alerts, the store.

#include "config/settings.hpp"
#include "pipeline/alert_policy.hpp"
#include "pipeline/commit_order.hpp"
#include "pipeline/dependencies.hpp"
#include "pipeline/new_items.hpp"
#include "pipeline/page_reader.hpp"
#include "pipeline/source_entry.hpp"
#include "pipeline/story_tracker.hpp"
#include "pipeline/watchlist_stats.hpp"
#include "runtime/async_mutex.hpp"

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pw::pipeline {

/// What an article is processed with, of its poll.
struct ArticleContext {
  SourceEntry& entry;
  Time seen{};                   ///< when the answer that named it was read
  std::optional<Time> answered;  ///< when that answer was sent, by the clock of its server
  runtime::AsyncMutex& plugin;
  CommitOrder& order;
  std::size_t number = 0;           ///< in that order
  std::optional<Error> host_error;  ///< why another page of the same host could not be read; it is not asked again
};

struct ArticleOutcome {
  bool stored = false;             ///< it is news, or a revision
  bool retry = false;              ///< it is to be processed again at the next poll
  bool by_page = false;            ///< … because its page could not be read
  std::optional<Error> error;      ///< why
  std::vector<std::string> notes;  ///< what was cut or doubtful, for the source's state
};

/// Loop thread only; processes many articles side by side.
class ArticleProcessor {
 public:
  ArticleProcessor(const Dependencies& deps, StoryTracker& stories, WatchlistStats& stats, Counters& counters);

  /// What articles are matched with from now on.
  void use(std::shared_ptr<MatcherPool> matchers, const config::ScheduleSettings& schedule);

  boost::asio::awaitable<ArticleOutcome> process(const Candidate& candidate, const ArticleContext& context);

 private:
  /// An article between matching and the store.
  struct Work {
    const Candidate& candidate;
    const ArticleContext& context;
    PageReading page;
    Timestamps times;
    store::NewItem item;  ///< without article and alerts
    std::shared_ptr<MatcherPool> matchers;
    Matched matched;  ///< borrows from the matchers' watchlists
    bool too_old = false;
    bool repeated = false;  ///< its content is known
    std::optional<store::KnownItem> same;
  };

  boost::asio::awaitable<std::optional<ArticleOutcome>> read(Work& work);
  boost::asio::awaitable<Result<void>> match(Work& work);
  Result<void> match_on_pool(Work& work, Time oldest);
  boost::asio::awaitable<Result<void>> store_new(Work& work);
  boost::asio::awaitable<Result<void>> store_visit(Work& work);
  void note_undecided(const Work& work);

  const Dependencies& deps_;
  StoryTracker& stories_;
  WatchlistStats& stats_;
  Counters& counters_;
  PageReader pages_;
  std::shared_ptr<MatcherPool> matchers_;
  config::ScheduleSettings schedule_;
};

}  // namespace pw::pipeline
