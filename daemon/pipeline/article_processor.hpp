#pragma once
/// Processes one article: fetches its page, matches it, assigns its story, drafts its alerts and stores it.

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

/// What an article takes from its poll.
struct ArticleContext {
  SourceEntry& entry;
  Time seen{};                   ///< when the answer that listed it was read
  std::optional<Time> answered;  ///< when that answer was sent, by the server's clock
  runtime::AsyncMutex& plugin;
  CommitOrder& order;
  std::size_t number = 0;           ///< position in `order`
  std::optional<Error> host_error;  ///< why another page of the same host failed; the host is not contacted again
};

struct ArticleOutcome {
  bool stored = false;             ///< stored as a new item or a revision
  bool retry = false;              ///< to be processed again at the next poll
  bool by_page = false;            ///< … because its page could not be read
  std::optional<Error> error;      ///< the reason
  std::vector<std::string> notes;  ///< what was truncated or doubtful, for the source's status
};

/// Loop thread only. Processes several articles concurrently. `deps` and all other references must outlive it.
class ArticleProcessor {
 public:
  ArticleProcessor(const Dependencies& deps, StoryTracker& stories, WatchlistStats& stats, Counters& counters);

  /// Replaces the watchlists and the schedule for articles processed from now on.
  void use(std::shared_ptr<MatcherPool> matchers, const config::ScheduleSettings& schedule);

  boost::asio::awaitable<ArticleOutcome> process(const Candidate& candidate, const ArticleContext& context);

 private:
  /// State of an article between matching and storing.
  struct Work {
    const Candidate& candidate;
    const ArticleContext& context;
    PageReading page;
    Timestamps times;
    store::NewItem item;  ///< without its article and alerts
    std::shared_ptr<MatcherPool> matchers;
    Matched matched;  ///< refers to the watchlists of `matchers`
    bool too_old = false;
    bool repeated = false;  ///< its content is already known
    std::optional<store::KnownItem> same;
  };

  boost::asio::awaitable<std::optional<ArticleOutcome>> read(Work& work);
  boost::asio::awaitable<Composed> compose_hints(const source::Item& item, Time now, std::string reason);
  boost::asio::awaitable<Result<void>> match(Work& work);
  Result<void> match_on_pool(Work& work, Time oldest);
  boost::asio::awaitable<Result<void>> store_new(Work& work);
  void count(const Work& work, const store::Committed& committed,
             const std::vector<store::SuppressedMatch>& suppressed);
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
