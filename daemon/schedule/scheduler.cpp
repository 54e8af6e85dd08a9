#include "schedule/scheduler.hpp"

namespace pw::schedule {

void Scheduler::add(SourceKey key, Instant due) { set(key, due); }

void Scheduler::set(SourceKey key, Instant due) {
  const auto [it, added] = position_.try_emplace(key, heap_.size());
  const Entry entry{due, key};
  if (added) {
    heap_.push_back(entry);
    sift_up(heap_.size() - 1, entry);
    return;
  }
  const std::size_t index = it->second;
  if (entry < heap_[index]) {
    sift_up(index, entry);
  } else {
    sift_down(index, entry);
  }
}

void Scheduler::remove(SourceKey key) {
  const auto it = position_.find(key);
  if (it != position_.end()) erase_at(it->second);
}

std::optional<Instant> Scheduler::next_due() const {
  if (heap_.empty()) return std::nullopt;
  return heap_.front().due;
}

std::vector<SourceKey> Scheduler::take_due(Instant now, std::size_t max) {
  std::vector<SourceKey> taken;
  while (taken.size() < max && !heap_.empty() && heap_.front().due <= now) {
    taken.push_back(heap_.front().key);
    erase_at(0);
  }
  return taken;
}

void Scheduler::place(std::size_t index, Entry entry) {
  heap_[index] = entry;
  position_[entry.key] = index;
}

void Scheduler::sift_up(std::size_t index, Entry entry) {
  while (index > 0) {
    const std::size_t parent = (index - 1) / 2;
    if (!(entry < heap_[parent])) break;
    place(index, heap_[parent]);
    index = parent;
  }
  place(index, entry);
}

void Scheduler::sift_down(std::size_t index, Entry entry) {
  while (true) {
    std::size_t child = 2 * index + 1;
    if (child >= heap_.size()) break;
    if (child + 1 < heap_.size() && heap_[child + 1] < heap_[child]) ++child;
    if (!(heap_[child] < entry)) break;
    place(index, heap_[child]);
    index = child;
  }
  place(index, entry);
}

void Scheduler::erase_at(std::size_t index) {
  position_.erase(heap_[index].key);
  const Entry last = heap_.back();
  heap_.pop_back();
  if (index == heap_.size()) return;
  if (index > 0 && last < heap_[(index - 1) / 2]) {
    sift_up(index, last);
  } else {
    sift_down(index, last);
  }
}

}  // namespace pw::schedule
