#include "pipeline/source_entry.hpp"

#include "source/package.hpp"

#include <spdlog/fmt/fmt.h>

namespace pw::pipeline {
namespace {

constexpr Milliseconds kStepped{1'000};  // smaller differences occur between two clock readings
constexpr int kSightings = 3;            // of a permanent redirect before it is trusted

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

Id options_id(const config::SourceSettings& settings, const source::Plugin& plugin) {
  const std::string version =
      plugin.package ? fmt::format("{} {}", plugin.package->version, plugin.package->fingerprint) : "";
  return derive_id({settings.plugin, version, settings.options.all_as_text()});
}

SourceStatus status_of(const SourceEntry& entry, const Clock& clock) {
  SourceStatus out;
  const store::SourceState& state = entry.state;
  out.id = entry.settings.id;
  out.plugin = entry.settings.plugin;
  out.name = entry.settings.name;
  out.state = state.state;
  out.reason = state.reason;
  out.enabled = entry.settings.enabled;
  out.next_due = entry.next_due(clock);
  out.last_ok = state.last_ok;
  out.failures = state.failures;
  out.items = state.items_seen;
  out.alerts = state.alerts;
  out.since = state.since;
  out.last_item = state.last_item;
  out.polls = state.polls;
  out.not_modified = state.not_modified;
  out.failed = state.failed;
  out.interval = Milliseconds{state.interval_ms};
  if (entry.address_of(state.moved_from) != state.moved_from) out.moved_to = state.moved_to;
  return out;
}

}  // namespace pw::pipeline
