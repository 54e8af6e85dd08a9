#include "pipeline/page_tries.hpp"

#include "pipeline/compose.hpp"

#include <algorithm>

namespace pw::pipeline {
namespace {

constexpr unsigned kPageTries = 3;    // attempts per page; then the item is matched by its hints
constexpr unsigned kBlindTries = 30;  // attempts per page if the item has no hints
constexpr unsigned kHeldPolls = 3;    // consecutive polls for which pages may hold a source's cursor

}  // namespace

bool PageTries::failed(const source::Item& item) {
  Failures& mine = failures_[item.id];
  mine.last = ++failed_;
  const unsigned tries = ++mine.count;
  if (failures_.size() > kMost) forget_oldest();
  if (says_nothing(item)) return tries < kBlindTries;
  return held_polls_ < kHeldPolls && tries < kPageTries;
}

void PageTries::end_poll(bool held) {
  held_polls_ = held ? held_polls_ + 1 : 0;
  // Those of items that the source no longer lists.
  if (!held) failures_.clear();
}

void PageTries::forget_oldest() {
  failures_.erase(
      std::ranges::min_element(failures_, {}, [](const auto& one) -> std::uint64_t { return one.second.last; }));
}

}  // namespace pw::pipeline
