#include "pipeline/source_entry.hpp"

namespace pw::pipeline {
namespace {

constexpr std::size_t kMaxRevisions = 1000;
constexpr Milliseconds kStepped{1'000};  // less is what passes between two readings
constexpr int kSightings = 3;            // of a permanent redirect, before it is believed

}  // namespace

void SourceEntry::plan(Time when, const Clock& clock) {
  state.next_due = when;
  due.reset();
  if (when == Time{}) return;
  const Milliseconds rest = when - clock.now();
  due = clock.steady() + rest;
}

Time SourceEntry::next_due(const Clock& clock) const {
  if (!due) return {};
  const Time now = clock.now();
  const Time then = now + std::chrono::duration_cast<Milliseconds>(*due - clock.steady());
  return abs(then - state.next_due) < kStepped ? state.next_due : then;
}

source::Pace SourceEntry::pace() const { return {Milliseconds{state.pace_ms}, state.skip_hours, state.skip_days}; }

void SourceEntry::set_pace(const source::Pace& pace) {
  state.pace_ms = pace.at_least.count();
  state.skip_hours = pace.skip_hours;
  state.skip_days = pace.skip_days;
}

const std::string& SourceEntry::address_of(const std::string& url) const {
  const bool moved = state.moved_seen >= kSightings && state.moved_from == url && !state.moved_to.empty();
  return moved ? state.moved_to : url;
}

bool SourceEntry::is_revision(const source::Item& item, Time first_seen) const {
  if (!item.hints.modified) return false;
  const auto followed = revisions.find(item.id);
  return item.hints.modified->time > (followed == revisions.end() ? first_seen : followed->second);
}

void SourceEntry::remember_revision(const source::Item& item) {
  if (!item.hints.modified) return;
  if (revisions.size() >= kMaxRevisions) revisions.clear();
  revisions.insert_or_assign(item.id, item.hints.modified->time);
}

}  // namespace pw::pipeline
