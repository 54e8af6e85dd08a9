#include "pipeline/source_health.hpp"

#include "core/log.hpp"
#include "core/text.hpp"

#include <spdlog/fmt/fmt.h>

namespace pw::pipeline {
namespace {

bool is_empty(const SourceEntry& entry, const Round& round) {
  if (entry.plugin == nullptr || !entry.plugin->lists_everything) return false;
  if (!round.changed || round.not_modified || round.listed > 0) return false;
  return entry.state.listed > 0 || !round.warnings.empty();
}

std::string state_of(const SourceEntry& entry, const Round& round) {
  if (!round.error) return is_empty(entry, round) ? "empty" : "ok";
  if (round.gone()) return "gone";
  switch (round.status) {
    case 401:
    case 403:
    case 451: return "blocked";
    case 404: return "missing";
    case 429: return "waiting";
    case 503: return round.error->code == Errc::http ? "blocked" : "waiting";
    default: break;
  }
  switch (round.error->code) {
    case Errc::refused: return "refused";
    case Errc::busy: return "waiting";
    case Errc::timeout: return "slow";
    case Errc::parse: return "unreadable";
    case Errc::plugin: return "plugin";
    default: return "failing";
  }
}

std::string reason_of(const SourceEntry& entry, const Round& round, const std::string& state) {
  if (round.error) return round.error->message;
  if (state == "empty") {
    const std::string before = entry.state.listed > 0 ? fmt::format(" (there were {})", entry.state.listed) : "";
    const std::string why = round.warnings.empty() ? "layout changed?" : round.warnings.front();
    return fmt::format("it was read, but holds no entries{}: {}", before, why);
  }
  if (!round.warnings.empty()) return round.warnings.front();
  const std::string& address = entry.address_of(round.asked);
  if (address != round.asked) {
    return fmt::format("moved for good to {} and asked there; write the new address into the configuration",
                       printable(address));
  }
  // A 304 says nothing new of what was read before.
  return round.changed || entry.state.state != "ok" ? "" : entry.state.reason;
}

/// Counts how often in a row the first address has redirected to the same new one. An error at the new address takes
/// the source back to the old one.
void note_move(store::SourceState& state, const Round& round) {
  if (round.by_new_address) {
    if (round.error && round.error->code != Errc::busy && round.error->code != Errc::cancelled) state.moved_seen = 0;
    return;
  }
  if (round.error || round.asked.empty()) return;
  if (round.permanent.empty()) {
    state.moved_from.clear();
    state.moved_to.clear();
    state.moved_seen = 0;
  } else if (round.asked == state.moved_from && round.permanent == state.moved_to) {
    ++state.moved_seen;
  } else {
    state.moved_from = round.asked;
    state.moved_to = round.permanent;
    state.moved_seen = 1;
  }
}

void count(store::SourceState& state, const Round& round, Time now) {
  ++state.polls;
  if (round.error && round.error->code != Errc::busy) {
    ++state.failed;
    ++state.failures;
  } else if (!round.error) {
    if (!round.changed) ++state.not_modified;
    state.failures = 0;
    state.last_ok = now;
    if (round.listed > 0) state.listed = round.listed;
  }
}

}  // namespace

bool note_outcome(SourceEntry& entry, const Round& round, Time now) {
  store::SourceState& state = entry.state;
  const std::string before = state.state;
  const bool was_moved = entry.address_of(round.asked) != round.asked;
  note_move(state, round);
  const bool moved = !was_moved && entry.address_of(round.asked) != round.asked;
  const std::string after = state_of(entry, round);
  state.reason = reason_of(entry, round, after);
  state.state = after;
  if (after != before) state.since = now;
  if (round.changed && !round.error) entry.set_pace(round.pace);
  entry.unchanged = round.fresh > 0 ? 0 : entry.unchanged + 1;
  count(state, round, now);
  if (after == before && !moved) return false;
  if (after == "ok") {
    spdlog::info("{}: ok{}{}", entry.settings.id, state.reason.empty() ? "" : ": ", printable(state.reason));
  } else {
    spdlog::warn("{}: {}: {}", entry.settings.id, state.state, printable(state.reason));
  }
  return true;
}

bus::HealthInfo health_of(const SourceEntry& entry, const std::string& previous, Time now) {
  bus::HealthInfo out;
  out.source = {entry.settings.id, entry.settings.name, entry.settings.tags};
  out.state = entry.state.state;
  out.previous = previous;
  out.reason = printable(entry.state.reason);
  out.at = now;
  out.since = entry.state.since;
  out.last_ok = entry.state.last_ok;
  out.next_due = entry.state.next_due;
  out.failures = entry.state.failures;
  out.polls = entry.state.polls;
  out.failed = entry.state.failed;
  out.items = entry.state.items_seen;
  return out;
}

}  // namespace pw::pipeline
