#include "pipeline/revisit.hpp"

#include "pipeline/item_identity.hpp"

#include <algorithm>

namespace pw::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr unsigned kBelieved = 3;  // idle visits before the source's dates are distrusted
constexpr Milliseconds kFirstRest = 10min;
constexpr Milliseconds kLongestRest = 24h;
constexpr unsigned kMostDoublings = 8;

}  // namespace

Milliseconds rest_between_visits(unsigned idle_visits) {
  if (idle_visits < kBelieved) return 0ms;
  const Milliseconds rest = kFirstRest * (1 << std::min(idle_visits - kBelieved, kMostDoublings));
  return std::min(rest, kLongestRest);
}

Revisit revisit(const source::Item& item, const store::KnownItem& known, const RevisitLimits& limits) {
  const store::ItemMarks marks = marks_of(item);
  const bool is_marked = known.marks.hints != Id{};  // false if stored by an older version
  const bool changed = is_marked && marks.hints != known.marks.hints;
  const bool dated = marks.modified != Time{} && marks.modified > std::max(known.marks.modified, known.first_seen);
  if (!changed && !dated) return Revisit::none;
  // What the answer itself contains costs no visit.
  if (changed && (item.complete || marks.title != known.marks.title)) return Revisit::changed;
  const bool rested = limits.now - known.marks.visited >= rest_between_visits(limits.idle_visits);
  if (!rested) return Revisit::none;
  return changed ? Revisit::changed : Revisit::dated;
}

}  // namespace pw::pipeline
