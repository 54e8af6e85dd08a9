#include "pipeline/watchlist_stats.hpp"

#include <algorithm>

namespace pw::pipeline {

void WatchlistStats::load(std::vector<store::ChannelCounts> counts) {
  for (store::ChannelCounts& one : counts) {
    std::string channel = one.channel;
    if (one.held > 0) waiting_.insert(channel);
    counts_.insert_or_assign(std::move(channel), std::move(one));
  }
}

void WatchlistStats::note_alerts(const store::Committed& committed) {
  for (const StoredAlert& alert : committed.alerts) {
    store::ChannelCounts& one = counts_[alert.channel];
    one.alerts = std::max(one.alerts, alert.cseq);
    one.last = std::max(one.last, alert.time);
  }
}

void WatchlistStats::note(const store::Committed& committed, const std::vector<store::SuppressedMatch>& silent) {
  note_alerts(committed);
  for (const std::string& channel : committed.held) {
    ++counts_[channel].held;
    waiting_.insert(channel);
  }
  for (const store::SuppressedMatch& one : silent) {
    store::ChannelCounts& counts = counts_[one.channel];
    ++(one.muted ? counts.muted : counts.below);
  }
}

std::vector<std::string> WatchlistStats::due(const Watchlists& lists, Time now) const {
  std::vector<std::string> out;
  for (const std::string& channel : waiting_) {
    const ListRules* rules = lists.find(channel);
    if (rules == nullptr || (rules->open(now) && !rules->muted(now))) out.push_back(channel);
  }
  return out;
}

void WatchlistStats::note_released(const std::string& channel, const store::Committed& committed) {
  note_alerts(committed);
  std::uint64_t& held = counts_[channel].held;
  // Fewer than expected: the table was emptied elsewhere. Resets the count so that the channel does not stay due.
  held = committed.released == 0 ? 0 : held - std::min<std::uint64_t>(held, committed.released);
  if (held == 0) waiting_.erase(channel);
}

store::ChannelCounts WatchlistStats::of(const std::string& channel) const {
  const auto found = counts_.find(channel);
  return found != counts_.end() ? found->second : store::ChannelCounts{};
}

std::uint64_t WatchlistStats::held() const {
  std::uint64_t sum = 0;
  for (const auto& [channel, counts] : counts_) sum += counts.held;
  return sum;
}

std::uint64_t WatchlistStats::muted() const {
  std::uint64_t sum = 0;
  for (const auto& [channel, counts] : counts_) sum += counts.muted;
  return sum;
}

}  // namespace pw::pipeline
