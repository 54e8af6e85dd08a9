#include "feed/feed_entries.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace pw::feed {
namespace {

constexpr std::size_t kSlack = kMaxFeedEntries / 4;

Time date_of(const FeedEntry& entry) {
  const auto& date = entry.published ? entry.published : entry.updated;
  return date ? date->time : Time::min();
}

}  // namespace

void add_entry(Feed& feed, FeedEntry entry) {
  feed.entries.push_back(std::move(entry));
  if (feed.entries.size() >= kMaxFeedEntries + kSlack) keep_newest(feed);
}

void keep_newest(Feed& feed) {
  std::vector<FeedEntry>& entries = feed.entries;
  if (entries.size() <= kMaxFeedEntries) return;
  std::vector<std::pair<Time, std::size_t>> order;
  order.reserve(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) order.emplace_back(date_of(entries[i]), i);
  const auto first = [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  };
  std::nth_element(order.begin(), order.begin() + kMaxFeedEntries, order.end(), first);
  std::vector<bool> out(entries.size());
  for (std::size_t i = kMaxFeedEntries; i < order.size(); ++i) out[order[i].second] = true;
  std::size_t at = 0;
  feed.left_out += static_cast<std::size_t>(std::erase_if(entries, [&](const FeedEntry&) { return out[at++]; }));
}

}  // namespace pw::feed
