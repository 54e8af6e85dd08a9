#include "pipeline/source_table.hpp"

#include "core/log.hpp"
#include "pipeline/source_health.hpp"
#include "pipeline/timing.hpp"

#include <algorithm>
#include <utility>

namespace pw::pipeline {

using namespace std::chrono_literals;

std::vector<std::shared_ptr<SourceEntry>> SourceTable::apply(
    SourceChanges changes, std::vector<store::SourceState> saved,
    const std::function<Milliseconds(const SourceEntry&)>& longest_rest) {
  std::map<std::string, store::SourceState> states;
  for (store::SourceState& state : saved) {
    std::string id = state.id;
    states.emplace(std::move(id), std::move(state));
  }
  std::map<std::string, std::shared_ptr<SourceEntry>> gone;
  for (const std::string& id : changes.removed) {
    const auto found = entries_.find(id);
    found->second->removed = true;
    found->second->source->interrupt();
    scheduler_.remove(found->second->key);
    ids_.erase(found->second->key);
    states.insert_or_assign(id, found->second->state);
    gone.emplace(id, std::move(found->second));
    entries_.erase(found);
  }
  std::size_t ahead = 0;
  for (std::shared_ptr<SourceEntry>& entry : changes.added) {
    const std::string& id = entry->settings.id;
    if (const auto state = states.find(id); state != states.end()) entry->state = std::move(state->second);
    const Milliseconds longest = std::max(usual_interval(entry->settings, changes.schedule), longest_rest(*entry));
    const bool is_changed = gone.erase(id) > 0;
    add(std::move(entry), is_changed, longest, ahead);
  }
  if (ahead > 0) {
    log::say(
        "clock-ahead",
        "{} sources were to rest longer than they ever do: the clock was ahead when that was saved, or is behind now. "
        "They rest no longer than their usual interval",
        ahead);
  }
  std::vector<std::shared_ptr<SourceEntry>> out;
  out.reserve(gone.size());
  for (auto& [id, entry] : gone) {
    counts_.forget(id);
    out.push_back(std::move(entry));
  }
  return out;
}

void SourceTable::add(std::shared_ptr<SourceEntry> entry, bool is_changed, Milliseconds longest_rest,
                      std::size_t& ahead) {
  if (entry->state.polls == 0 && entry->state.since == Time{}) {
    entry->state.state = "new";
    entry->state.since = clock_.now();
  }
  entry->key = next_key_++;
  if (entry->settings.enabled) {
    entry->counts = counts_.of(entry->settings.id);
    const Time saved = entry->state.next_due;
    entry->plan(first_due(*entry, is_changed, longest_rest), clock_);
    scheduler_.add(entry->key, *entry->due);
    if (!is_changed && saved > clock_.now() && entry->state.next_due < saved) ++ahead;
  } else {
    entry->state.state = "disabled";
  }
  ids_.emplace(entry->key, entry->settings.id);
  entries_.emplace(entry->settings.id, std::move(entry));
}

/// A source that is new, changed, or became due during downtime starts at once, staggered with the others; other
/// sources keep their time. The skipped hours of a feed still apply after a restart, but not to a changed source.
Time SourceTable::first_due(const SourceEntry& entry, bool is_changed, Milliseconds longest_rest) {
  const Time now = clock_.now();
  if (!is_changed) {
    if (const auto rest = rest_of(entry.state.next_due, now, longest_rest, entry.pace())) return now + *rest;
  }
  const schedule::Instant steady = clock_.steady();
  const schedule::Instant start = std::max(next_start_, steady);
  next_start_ = start + kStartGap;
  const Time due = now + std::chrono::duration_cast<Milliseconds>(start - steady);
  const bool was_asked = !is_changed && entry.state.next_due != Time{};
  return was_asked ? out_of_skipped(due, entry.pace()) : due;
}

std::shared_ptr<SourceEntry> SourceTable::find(std::string_view id) const {
  const auto found = entries_.find(id);
  return found != entries_.end() ? found->second : nullptr;
}

std::vector<std::shared_ptr<SourceEntry>> SourceTable::take_due(std::size_t most) {
  std::vector<std::shared_ptr<SourceEntry>> out;
  for (const schedule::SourceKey key : scheduler_.take_due(clock_.steady(), most)) {
    const auto id = ids_.find(key);
    if (id != ids_.end()) out.push_back(entries_.at(id->second));
  }
  return out;
}

void SourceTable::schedule(const SourceEntry& entry) {
  if (entry.due && !entry.removed) scheduler_.set(entry.key, *entry.due);
}

bool SourceTable::ask_now(SourceEntry& entry) {
  if (!entry.settings.enabled) return false;
  if (entry.running) {
    entry.poll_again = true;
    return true;
  }
  entry.plan(clock_.now(), clock_);
  schedule(entry);
  return true;
}

std::vector<SourceStatus> SourceTable::statuses() const {
  std::vector<SourceStatus> out;
  out.reserve(entries_.size());
  for (const auto& [id, entry] : entries_) out.push_back(status_of(*entry, clock_));
  return out;
}

SourcesOverview SourceTable::overview() const {
  constexpr std::size_t kNamed = 3;
  SourcesOverview out;
  std::map<std::string, TroubledSources> troubled;
  const Time now = clock_.now();
  for (const auto& [id, entry] : entries_) {
    const store::SourceState& state = entry->state;
    ++out.states[state.state];
    if (!entry->settings.enabled) continue;
    ++out.enabled;
    if (state.failures > 0) ++out.failing;
    if (!needs_person(state, now)) continue;
    TroubledSources& group = troubled[state.state];
    if (group.count++ == 0) group.reason = state.reason;
    if (group.ids.size() < kNamed) group.ids.push_back(id);
  }
  for (auto& [state, group] : troubled) {
    group.state = state;
    out.troubled.push_back(std::move(group));
  }
  return out;
}

SourcesSample SourceTable::sample() const {
  SourcesSample out;
  out.others = *counts_.others();
  for (const auto& [id, entry] : entries_) {
    const store::SourceState& state = entry->state;
    ++out.states[state.state];
    if (!entry->settings.enabled) continue;
    if (entry->counts == counts_.others()) {
      ++out.summed;
      continue;
    }
    const bool healthy = state.state == "ok" || state.state == "new";
    out.named.push_back({id, *entry->counts, state.last_item, healthy, state.state == "silent"});
  }
  return out;
}

}  // namespace pw::pipeline
