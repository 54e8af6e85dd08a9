#include "fetch/throttle/owner_queue.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace pw::fetch {

void OwnerQueue::push(std::shared_ptr<Waiter> waiter) {
  auto known = by_owner_.find(waiter->owner);
  if (known == by_owner_.end()) {
    lines_.push_back({waiter->owner, {}});
    known = by_owner_.emplace(lines_.back().owner, std::prev(lines_.end())).first;
  }
  urgent_ += waiter->urgent ? 1 : 0;
  known->second->waiters.push_back(std::move(waiter));
}

void OwnerQueue::remove(const Waiter& waiter) {
  const auto known = by_owner_.find(waiter.owner);
  if (known == by_owner_.end()) return;
  const auto line = known->second;
  const auto removed = std::erase_if(line->waiters, [&waiter](const auto& one) { return one.get() == &waiter; });
  if (waiter.urgent) urgent_ -= removed;
  if (line->waiters.empty()) forget(line);
}

bool OwnerQueue::has(const Predicate& may_go) const { return std::ranges::any_of(lines_, may_go, &Line::owner); }

std::shared_ptr<Waiter> OwnerQueue::pop(const Predicate& may_go) {
  const auto line = std::ranges::find_if(lines_, may_go, &Line::owner);
  if (line == lines_.end()) return nullptr;
  std::shared_ptr<Waiter> first = std::move(line->waiters.front());
  line->waiters.pop_front();
  urgent_ -= first->urgent ? 1 : 0;
  if (line->waiters.empty()) {
    forget(line);
  } else {
    lines_.splice(lines_.end(), lines_, line);
  }
  return first;
}

std::vector<std::shared_ptr<Waiter>> OwnerQueue::take_out(const Predicate& which) {
  std::vector<std::shared_ptr<Waiter>> out;
  for (auto line = lines_.begin(); line != lines_.end();) {
    const auto at = line++;
    if (!which(at->owner)) continue;
    for (auto& waiter : at->waiters) {
      urgent_ -= waiter->urgent ? 1 : 0;
      out.push_back(std::move(waiter));
    }
    forget(at);
  }
  return out;
}

std::vector<std::shared_ptr<Waiter>> OwnerQueue::everyone() const {
  std::vector<std::shared_ptr<Waiter>> out;
  for (const Line& line : lines_) out.insert(out.end(), line.waiters.begin(), line.waiters.end());
  return out;
}

void OwnerQueue::for_each_owner(const std::function<void(const std::string& owner)>& see) const {
  for (const Line& line : lines_) see(line.owner);
}

void OwnerQueue::forget(Lines::iterator line) {
  by_owner_.erase(line->owner);
  lines_.erase(line);
}

}  // namespace pw::fetch
