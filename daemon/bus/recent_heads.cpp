#include "bus/recent_heads.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <utility>

namespace pw::bus {
namespace {

/// Size of one entry: the channel plus quotes, colon, comma and the longest number.
std::size_t size_of(std::string_view channel) { return channel.size() + 24; }

}  // namespace

void RecentHeads::put(const std::string& channel, std::uint64_t seq, std::uint64_t cseq) {
  if (const auto known = places_.find(channel); known != places_.end()) {
    known->second->seq = seq;
    known->second->cseq = cseq;
    entries_.splice(entries_.begin(), entries_, known->second);
    return;
  }
  entries_.push_front({channel, seq, cseq});
  places_.emplace(entries_.front().channel, entries_.begin());
  bytes_ += size_of(channel);
  while (bytes_ > max_bytes_ && !entries_.empty()) forget_oldest();
}

void RecentHeads::forget_oldest() {
  const Entry& oldest = entries_.back();
  after_ = std::max(after_, oldest.seq);
  bytes_ -= size_of(oldest.channel);
  places_.erase(oldest.channel);
  entries_.pop_back();
}

void RecentHeads::write(boost::json::object& out) const {
  boost::json::object heads;
  heads.reserve(entries_.size());
  for (const Entry& one : entries_) heads[one.channel] = one.cseq;
  out["heads_after"] = after_;
  out["heads"] = std::move(heads);
}

}  // namespace pw::bus
