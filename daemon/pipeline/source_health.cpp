#include "pipeline/source_health.hpp"

#include "core/log.hpp"
#include "core/text.hpp"
#include "pipeline/source_news.hpp"

#include <spdlog/fmt/fmt.h>

namespace pw::pipeline {
namespace {

// How long a source may be in trouble before a person should look at it.
constexpr std::chrono::hours kPatience{1};
constexpr std::chrono::hours kPatienceWithPauses{24};

bool is_empty(const SourceEntry& entry, const PollResult& result) {
  if (entry.plugin == nullptr || !entry.plugin->lists_everything) return false;
  if (!result.changed || result.not_modified || result.listed > 0) return false;
  return entry.state.listed > 0 || !result.warnings.empty();
}

std::string state_of(const SourceEntry& entry, const PollResult& result) {
  if (!result.error) {
    if (is_empty(entry, result)) return "empty";
    return entry.silent ? "silent" : "ok";
  }
  if (result.gone()) return "gone";
  switch (result.status) {
    case 401:
    case 403:
    case 451: return "blocked";
    case 404: return "missing";
    case 429: return "waiting";
    case 503: return result.error->code == Errc::http ? "blocked" : "waiting";
    default: break;
  }
  switch (result.error->code) {
    case Errc::refused: return "refused";
    case Errc::busy: return "waiting";
    case Errc::timeout: return "slow";
    case Errc::parse: return "unreadable";
    case Errc::plugin: return "plugin";
    default: return "failing";
  }
}

std::string reason_of(const SourceEntry& entry, const PollResult& result, const std::string& state, Time now) {
  if (result.error) return result.error->message;
  if (state == "silent") return silence_of(entry, now);
  if (state == "empty") {
    const std::string before = entry.state.listed > 0 ? fmt::format(" (there were {})", entry.state.listed) : "";
    const std::string why = result.warnings.empty() ? "layout changed?" : result.warnings.front();
    return fmt::format("it was read, but holds no entries{}: {}", before, why);
  }
  if (!result.warnings.empty()) return result.warnings.front();
  const std::string& address = entry.address_of(result.asked);
  if (address != result.asked) {
    return fmt::format("moved permanently to {} and asked there; put the new address into the configuration",
                       printable(address));
  }
  // A 304 adds nothing to what was known.
  return result.changed || entry.state.state != "ok" ? "" : entry.state.reason;
}

/// Counts how many times in a row the first address redirected to the same new one. An error at the new address makes
/// the source return to the old one.
void note_move(store::SourceState& state, const PollResult& result) {
  if (result.by_new_address) {
    if (result.error && result.error->code != Errc::busy && result.error->code != Errc::cancelled) state.moved_seen = 0;
    return;
  }
  if (result.error || result.asked.empty()) return;
  if (result.permanent.empty()) {
    state.moved_from.clear();
    state.moved_to.clear();
    state.moved_seen = 0;
  } else if (result.asked == state.moved_from && result.permanent == state.moved_to) {
    ++state.moved_seen;
  } else {
    state.moved_from = result.asked;
    state.moved_to = result.permanent;
    state.moved_seen = 1;
  }
}

void count(SourceEntry& entry, const PollResult& result, Time now) {
  store::SourceState& state = entry.state;
  SourceCounts& counts = *entry.counts;
  ++state.polls;
  ++counts.polls;
  if (result.error && result.error->code != Errc::busy) {
    ++state.failed;
    ++state.failures;
    ++counts.polls_failed;
  } else if (!result.error) {
    if (!result.changed) ++state.not_modified;
    if (!result.changed) ++counts.polls_unchanged;
    state.failures = 0;
    state.last_ok = now;
    if (result.listed > 0) state.listed = result.listed;
  }
}

}  // namespace

bool note_poll(SourceEntry& entry, const PollResult& result, Time now) {
  store::SourceState& state = entry.state;
  const std::string before = state.state;
  const bool was_moved = entry.address_of(result.asked) != result.asked;
  note_move(state, result);
  const bool moved = !was_moved && entry.address_of(result.asked) != result.asked;
  const std::string after = state_of(entry, result);
  state.reason = reason_of(entry, result, after, now);
  state.state = after;
  if (after != before) state.since = now;
  if (result.changed && !result.error) entry.set_pace(result.pace);
  entry.unchanged = result.fresh > 0 ? 0 : entry.unchanged + 1;
  count(entry, result, now);
  if (after == before && !moved) return false;
  if (after == "ok") {
    log::say("source-ok", {.source = entry.settings.id}, "{}: ok{}{}", entry.settings.id,
             state.reason.empty() ? "" : ": ", printable(state.reason));
  } else {
    log::say("source-failing", {.source = entry.settings.id, .url = result.asked}, "{}: {}: {}", entry.settings.id,
             state.state, printable(state.reason));
  }
  return true;
}

bool needs_person(const store::SourceState& state, Time now) {
  if (state.state == "ok" || state.state == "new" || state.state == "disabled") return false;
  if (state.state == "silent" || state.state == "empty" || state.state == "gone") return true;
  if (state.state != "waiting" && state.last_ok == Time{}) return true;
  return now - state.since >= (state.state == "waiting" ? kPatienceWithPauses : kPatience);
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
