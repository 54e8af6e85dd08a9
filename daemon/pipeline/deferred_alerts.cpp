#include "pipeline/deferred_alerts.hpp"

#include "core/log.hpp"
#include "core/text.hpp"
#include "pipeline/commit.hpp"

#include <string>
#include <utility>

namespace pw::pipeline {
namespace {

// At night, thousands of watchlists may be waiting, each with hours of its own.
constexpr std::chrono::seconds kLookEvery{1};

/// Sets a flag while it exists, however the coroutine ends.
class Flag {
 public:
  explicit Flag(bool& flag) : flag_(flag) { flag_ = true; }
  ~Flag() { flag_ = false; }
  Flag(const Flag&) = delete;
  Flag& operator=(const Flag&) = delete;

 private:
  bool& flag_;
};

}  // namespace

bool DeferredAlerts::due(const Watchlists& lists) {
  const auto now = deps_.clock.steady();
  if (releasing_ || now < next_look_) return false;
  next_look_ = now + kLookEvery;
  return !stats_.due(lists, deps_.clock.now()).empty();
}

boost::asio::awaitable<void> DeferredAlerts::release(std::shared_ptr<const Watchlists> lists,
                                                     const SourceTable& sources) {
  const Flag releasing(releasing_);
  for (std::string& watchlist : stats_.due(*lists, deps_.clock.now())) {
    co_await release_watchlist(std::move(watchlist), sources);
  }
}

boost::asio::awaitable<void> DeferredAlerts::release_watchlist(std::string watchlist, const SourceTable& sources) {
  std::size_t released = store::kReleaseAtOnce;
  while (released == store::kReleaseAtOnce && !stopping_) {
    store::Batch batch;
    batch.release = watchlist;
    const auto committed = co_await commit(deps_.store, std::move(batch));
    if (!committed) {
      log::say("deferred-stuck", "the deferred alerts of {}: {}", watchlist, printable(committed.error().message));
      co_return;
    }
    released = committed->released;
    counters_.alerts += committed->alerts.size();
    for (const StoredAlert& alert : committed->alerts) {
      const auto source = sources.find(alert.source);
      if (!source) continue;
      ++source->state.alerts;
      ++source->counts->alerts;
    }
    stats_.note_released(watchlist, *committed);
  }
}

}  // namespace pw::pipeline
