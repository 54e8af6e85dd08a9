#include "pipeline/source_entry.hpp"

namespace pw::pipeline {
namespace {

constexpr std::size_t kMaxRevisions = 1000;
constexpr int kSightings = 3;  // of a permanent redirect, before it is believed

}  // namespace

void SourceEntry::plan(std::optional<schedule::Instant> when, const Clock& clock) {
  due = when;
  state.next_due = next_due(clock);
}

Time SourceEntry::next_due(const Clock& clock) const {
  if (!due) return {};
  return clock.now() + std::chrono::duration_cast<Milliseconds>(*due - clock.steady());
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
