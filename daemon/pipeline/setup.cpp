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

Pipeline::Pipeline(const boost::asio::any_io_executor& loop, Parts parts, const config::Settings& settings)
    : loop_(loop), parts_(std::move(parts)), tasks_(loop), wake_(loop) {
  if (settings.websub.on()) {
    push_ = std::make_unique<PushDesk>(loop, settings.websub, parts_.fetcher, parts_.store, parts_.clock,
                                       [this](PushDesk::Delivery delivery) { deliver(std::move(delivery)); });
  }
  book_.load(parts_.store.load_channels());
  reload(settings);
}

void Pipeline::reload(const config::Settings& settings) {
  auto matchers = std::make_shared<MatcherPool>(watchlists_.compile(settings), watchlists_.frequencies());
  std::vector<config::Problem> problems;
  for (const config::SourceSettings& source : settings.sources) {
    make_source(*parts_.registry.find(source.plugin), source, problems);
  }
  if (!problems.empty()) throw config::ConfigError(std::move(problems));

  matchers_ = std::move(matchers);
  schedule_settings_ = settings.schedule;
  std::map<std::string, store::SourceState> saved;
  for (store::SourceState& state : parts_.store.load_sources()) saved.emplace(state.id, std::move(state));

  std::set<std::string, std::less<>> kept;
  for (const config::SourceSettings& source : settings.sources) {
    const auto known = keys_.find(source.id);
    if (known == keys_.end()) continue;
    const SourceEntry& entry = *entries_.at(known->second);
    if (entry.settings == source && entry.plugin == parts_.registry.find(source.plugin)) kept.insert(source.id);
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
  for (const config::SourceSettings& source : settings.sources) {
    if (!kept.contains(source.id)) add_source(source, saved[source.id]);
  }
}

void Pipeline::add_source(const config::SourceSettings& settings, store::SourceState state) {
  auto entry = std::make_shared<SourceEntry>();
  entry->settings = settings;
  entry->plugin = parts_.registry.find(settings.plugin);
  std::vector<config::Problem> none;
  entry->source = make_source(*entry->plugin, settings, none);
  entry->state = std::move(state);
  const bool is_new = entry->state.id.empty();
  entry->state.id = settings.id;
  if (is_new) {
    entry->state.state = "new";
    entry->state.since = parts_.clock.now();
  }
  const schedule::SourceKey key = next_key_++;
  if (settings.enabled) {
    const Milliseconds interval = settings.interval > 0ms ? settings.interval : schedule_settings_.min_interval;
    const Time now = parts_.clock.now();
    // A source that was due while the daemon was down, or that was gone, is spread like a new one; others keep their
    // time. What a feed said of its hours holds after a restart, not for one that was changed.
    Time due = entry->state.next_due;
    if (due <= now) {
      const bool overdue = due != Time{};
      due = now + schedule::start_offset(settings.id, interval);
      if (overdue) due = out_of_skipped(due, entry->pace());
    }
    entry->state.next_due = due;
    scheduler_.add(key, due);
  } else {
    entry->state.state = "disabled";
  }
  keys_.emplace(settings.id, key);
  entries_.emplace(key, std::move(entry));
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
    status.next_due = entry->state.next_due;
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
