#include "core/server_clocks.hpp"

#include <algorithm>
#include <vector>

namespace pw {

namespace {

constexpr std::size_t kMostHosts = 64;
constexpr std::size_t kLeastHosts = 3;  // one wrong clock among them does not count

}  // namespace

void ServerClocks::note(const std::string& host, Time shown, Instant at) {
  const auto known = std::ranges::find(readings_, host, &Reading::host);
  if (known != readings_.end()) {
    readings_.erase(known);
  } else if (readings_.size() >= kMostHosts) {
    readings_.pop_front();
  }
  readings_.push_back({host, shown, at});
}

std::optional<Milliseconds> ServerClocks::behind(Time now, Instant at) const {
  if (readings_.size() < kLeastHosts) return std::nullopt;
  std::vector<Milliseconds> each;
  each.reserve(readings_.size());
  for (const Reading& one : readings_) {
    each.push_back(one.shown + std::chrono::duration_cast<Milliseconds>(at - one.at) - now);
  }
  const auto middle = each.begin() + static_cast<std::ptrdiff_t>(each.size() / 2);
  std::nth_element(each.begin(), middle, each.end());
  return *middle;
}

}  // namespace pw
