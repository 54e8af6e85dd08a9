#include "config/load.hpp"
#include "core/log.hpp"
#include "pipeline/pipeline.hpp"
#include "pipeline/turn.hpp"
#include "schedule/interval.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

namespace pw::pipeline {
namespace {

using namespace std::chrono_literals;

std::unique_ptr<source::Source> make_source(const source::Plugin& plugin, const config::SourceSettings& settings,
                                            std::vector<config::Problem>& problems) {
  try {
    return plugin.make(settings);
  } catch (const std::invalid_argument& error) {
    problems.push_back({settings.place, "source " + settings.id + ": " + error.what()});
    return nullptr;
  }
}

}  // namespace

Pipeline::Pipeline(const boost::asio::any_io_executor& loop, Dependencies parts, const config::Settings& settings)
    : loop_(loop), deps_(std::move(parts)), tasks_(loop), wake_(loop) {
  if (settings.websub.on()) {
    websub_ = std::make_unique<WebSubSubscriber>(
        loop, settings.websub, deps_.fetcher, deps_.store, deps_.clock,
        [this](WebSubSubscriber::Delivery delivery) { deliver(std::move(delivery)); });
  }
  started_ = deps_.store.clock_check().look().believed;
  started_steady_ = deps_.clock.steady();
  stats_.load(deps_.store.load_channels());
  reload(settings);
}

void Pipeline::reload(const config::Settings& settings) {
  auto matchers = std::make_shared<MatcherPool>(watchlists_.compile(settings), watchlists_.frequencies());
  std::vector<config::Problem> problems;
  for (const config::SourceSettings& source : settings.sources) {
    make_source(*deps_.registry.find(source.plugin), source, problems);
  }
  if (!problems.empty()) throw config::ConfigError(std::move(problems));

  matchers_ = std::move(matchers);
  schedule_settings_ = settings.schedule;
  std::map<std::string, store::SourceState> saved;
  for (store::SourceState& state : deps_.store.load_sources()) saved.emplace(state.id, std::move(state));

  std::set<std::string, std::less<>> kept;
  for (const config::SourceSettings& source : settings.sources) {
    const auto known = keys_.find(source.id);
    if (known == keys_.end()) continue;
    const SourceEntry& entry = *entries_.at(known->second);
    if (entry.settings == source && entry.plugin == deps_.registry.find(source.plugin)) kept.insert(source.id);
  }
  for (auto it = keys_.begin(); it != keys_.end();) {
    if (kept.contains(it->first)) {
      ++it;
      continue;
    }
    const auto entry = entries_.find(it->second);
    entry->second->removed = true;
    entry->second->source->interrupt();
    saved.insert_or_assign(it->first, entry->second->state).first->second.next_due = {};  // changed: asked anew
    scheduler_.remove(it->second);
    entries_.erase(entry);
    it = keys_.erase(it);
  }
  std::size_t ahead = 0;
  for (const config::SourceSettings& source : settings.sources) {
    if (!kept.contains(source.id) && add_source(source, saved[source.id])) ++ahead;
  }
  if (ahead > 0) {
    spdlog::warn(
        "{} sources were to rest longer than they ever do: the clock was ahead when that was saved, or is behind now. "
        "They rest no longer than their usual interval",
        ahead);
  }
}

/// True when the clock seems to have been ahead when the source's next turn was saved.
bool Pipeline::add_source(const config::SourceSettings& settings, store::SourceState state) {
  auto entry = std::make_shared<SourceEntry>();
  entry->settings = settings;
  entry->plugin = deps_.registry.find(settings.plugin);
  std::vector<config::Problem> none;
  entry->source = make_source(*entry->plugin, settings, none);
  entry->state = std::move(state);
  const bool is_new = entry->state.id.empty();
  entry->state.id = settings.id;
  if (is_new) {
    entry->state.state = "new";
    entry->state.since = deps_.clock.now();
  }
  const schedule::SourceKey key = next_key_++;
  bool ahead = false;
  if (settings.enabled) {
    const Time saved = entry->state.next_due;
    entry->plan(first_due(*entry), deps_.clock);
    scheduler_.add(key, *entry->due);
    ahead = entry->state.next_due < saved;
  } else {
    entry->state.state = "disabled";
  }
  keys_.emplace(settings.id, key);
  entries_.emplace(key, std::move(entry));
  return ahead;
}

/// A source that was due while the daemon was down, or that was gone, is spread like a new one; others keep their time.
/// What a feed said of its hours holds after a restart, not for one that was changed.
Time Pipeline::first_due(const SourceEntry& entry) const {
  const Time now = deps_.clock.now();
  const Time saved = entry.state.next_due;
  if (const auto rest = rest_of(saved, now, longest_rest(entry), entry.pace())) return now + *rest;
  const Milliseconds configured = entry.settings.interval;
  const Milliseconds interval = configured > 0ms ? configured : schedule_settings_.min_interval;
  const Time due = now + schedule::start_offset(entry.settings.id, interval);
  return saved != Time{} ? out_of_skipped(due, entry.pace()) : due;
}

std::vector<SourceStatus> Pipeline::sources() const {
  std::vector<SourceStatus> out;
  for (const auto& [key, entry] : entries_) {
    SourceStatus status;
    status.id = entry->settings.id;
    status.plugin = entry->settings.plugin;
    status.name = entry->settings.name;
    status.state = entry->state.state;
    status.reason = entry->state.reason;
    status.enabled = entry->settings.enabled;
    status.next_due = entry->next_due(deps_.clock);
    status.last_ok = entry->state.last_ok;
    status.failures = entry->state.failures;
    status.items = entry->state.items_seen;
    status.alerts = entry->state.alerts;
    status.since = entry->state.since;
    status.polls = entry->state.polls;
    status.not_modified = entry->state.not_modified;
    status.failed = entry->state.failed;
    status.interval = Milliseconds{entry->state.interval_ms};
    if (entry->address_of(entry->state.moved_from) != entry->state.moved_from) status.moved_to = entry->state.moved_to;
    out.push_back(std::move(status));
  }
  std::ranges::sort(out, {}, &SourceStatus::id);
  return out;
}

}  // namespace pw::pipeline
