#include "fetch/throttle/holds.hpp"

#include <algorithm>
#include <iterator>

namespace pw::fetch {

void Holds::add(const std::string& host, const std::string& owner, Instant until, Reach reach, Instant now) {
  if (size() >= sweep_at_) sweep(now);
  std::vector<Hold>& holds = by_host_[host];
  drop_over(host, holds, now);
  auto own = std::ranges::find(holds, owner, &Hold::owner);
  if (own == holds.end()) {
    own = holds.insert(own, {owner, until, reach});
    by_owner_.emplace(owner, host);
  }
  own->until = std::max(own->until, until);
  if (reach == Reach::host) own->reach = reach;
  if (holds.size() == 1) return;
  for (Hold& hold : holds) hold.reach = Reach::host;
}

Instant Holds::until(const std::string& host, const std::string& owner) const {
  Instant until{};
  const auto held = by_host_.find(host);
  if (held == by_host_.end()) return until;
  for (const Hold& hold : held->second) {
    if (hold.reach == Reach::host || hold.owner == owner) until = std::max(until, hold.until);
  }
  return until;
}

Instant Holds::until(const std::string& host) const {
  Instant until{};
  const auto held = by_host_.find(host);
  if (held == by_host_.end()) return until;
  for (const Hold& hold : held->second) {
    if (hold.reach == Reach::host) until = std::max(until, hold.until);
  }
  return until;
}

std::vector<std::string> Holds::forget(const std::string& owner) {
  std::vector<std::string> hosts;
  auto entry = by_owner_.lower_bound({owner, std::string()});
  while (entry != by_owner_.end() && entry->first == owner) {
    hosts.push_back(entry->second);
    entry = by_owner_.erase(entry);
  }
  for (const std::string& host : hosts) {
    const auto held = by_host_.find(host);
    std::erase_if(held->second, [&owner](const Hold& hold) { return hold.owner == owner; });
    if (held->second.empty()) by_host_.erase(held);
  }
  return hosts;
}

void Holds::drop_over(const std::string& host, std::vector<Hold>& holds, Instant now) {
  std::erase_if(holds, [&](const Hold& hold) {
    const bool over = hold.until <= now;
    if (over) by_owner_.erase({hold.owner, host});
    return over;
  });
}

void Holds::sweep(Instant now) {
  for (auto held = by_host_.begin(); held != by_host_.end();) {
    drop_over(held->first, held->second, now);
    held = held->second.empty() ? by_host_.erase(held) : std::next(held);
  }
  sweep_at_ = std::max<std::size_t>(1024, size() * 2);
}

}  // namespace pw::fetch
