#include "pipeline/watchlist_stats.hpp"

#include <algorithm>

namespace pw::pipeline {
namespace {

constexpr std::chrono::hours kKept{7 * 24};

}  // namespace

void WatchlistStats::load(std::vector<store::WatchlistCounts> counts) {
  for (store::WatchlistCounts& one : counts) {
    std::string watchlist = one.watchlist;
    if (one.deferred > 0) waiting_.insert(watchlist);
    counts_.insert_or_assign(std::move(watchlist), std::move(one));
  }
}

void WatchlistStats::keep_only(const std::vector<std::string>& configured, std::chrono::steady_clock::time_point now) {
  const auto is_kept = [&](const std::string& id) { return std::ranges::binary_search(configured, id); };
  configured_ = configured.size();
  raised_.keep_only(is_kept);
  for (const std::string& id : configured) raised_.of(id);
  std::erase_if(removed_, [&](const auto& one) { return is_kept(one.first); });
  std::erase_if(counts_, [&](const auto& one) {
    const std::string& watchlist = one.first;
    if (is_kept(watchlist) || waiting_.contains(watchlist)) return false;
    const auto since = removed_.try_emplace(watchlist, now).first;
    const bool over = now - since->second >= kKept;
    if (over) removed_.erase(since);
    return over;
  });
}

void WatchlistStats::note_alerts(const store::Committed& committed) {
  for (const StoredAlert& alert : committed.alerts) {
    store::WatchlistCounts& one = counts_[alert.channel];
    one.alerts = std::max(one.alerts, alert.cseq);
    one.last = std::max(one.last, alert.time);
    ++*raised_.of(alert.channel);
  }
}

void WatchlistStats::note(const store::Committed& committed, const std::vector<store::SuppressedMatch>& suppressed) {
  note_alerts(committed);
  for (const std::string& watchlist : committed.deferred) {
    ++counts_[watchlist].deferred;
    waiting_.insert(watchlist);
  }
  for (const store::SuppressedMatch& one : suppressed) {
    store::WatchlistCounts& counts = counts_[one.watchlist];
    ++(one.muted ? counts.muted : counts.below_threshold);
  }
}

std::vector<std::string> WatchlistStats::due(const Watchlists& lists, Time now) const {
  std::vector<std::string> out;
  for (const std::string& watchlist : waiting_) {
    const ListRules* rules = lists.find(watchlist);
    if (rules == nullptr || (rules->open(now) && !rules->muted(now))) out.push_back(watchlist);
  }
  return out;
}

void WatchlistStats::note_released(const std::string& watchlist, const store::Committed& committed) {
  note_alerts(committed);
  std::uint64_t& deferred = counts_[watchlist].deferred;
  // Fewer than expected: the table was emptied elsewhere. Resets the count so that the watchlist does not stay due.
  deferred = committed.released == 0 ? 0 : deferred - std::min<std::uint64_t>(deferred, committed.released);
  if (deferred == 0) waiting_.erase(watchlist);
}

store::WatchlistCounts WatchlistStats::of(const std::string& watchlist) const {
  const auto found = counts_.find(watchlist);
  return found != counts_.end() ? found->second : store::WatchlistCounts{};
}

std::uint64_t WatchlistStats::deferred() const {
  std::uint64_t sum = 0;
  for (const auto& [watchlist, counts] : counts_) sum += counts.deferred;
  return sum;
}

Time WatchlistStats::last_alert() const {
  Time last{};
  for (const auto& [watchlist, counts] : counts_) last = std::max(last, counts.last);
  return last;
}

std::uint64_t WatchlistStats::muted() const {
  std::uint64_t sum = 0;
  for (const auto& [watchlist, counts] : counts_) sum += counts.muted;
  return sum;
}

}  // namespace pw::pipeline
