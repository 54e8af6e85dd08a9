#pragma once
/// One configured source while the daemon runs. Loop thread only.

#include "config/settings.hpp"
#include "core/id.hpp"
#include "core/time.hpp"
#include "schedule/scheduler.hpp"
#include "source/plugin.hpp"
#include "store/storage.hpp"

#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pw::pipeline {

/// What a hub has delivered. Kept in a list: an empty deque takes 600 bytes of each source.
struct Delivery {
  std::string content_type, body;
};

struct SourceEntry {
  config::SourceSettings settings;
  std::shared_ptr<const source::Plugin> plugin;
  std::unique_ptr<source::Source> source;
  Id options;                                     ///< of the plugin and its options: what requests are remembered by
  schedule::SourceKey key = 0;                    ///< for the scheduler
  store::SourceState state;                       ///< what is saved of it
  std::optional<schedule::Instant> due;           ///< of its next poll; nothing: it is not asked any more
  bool running = false;                           ///< a poll is under way; never two at once
  bool removed = false;                           ///< a reload has taken it out; what it still does is not saved
  bool poll_again = false;                        ///< somebody asked for a poll while one was under way
  unsigned unchanged = 0;                         ///< polls in a row that brought nothing new
  unsigned held_by_pages = 0;                     ///< polls in a row that were incomplete because of pages
  std::vector<Time> recent;                       ///< publication times of its last items
  std::map<std::string, unsigned> page_failures;  ///< by item, for pages that are tried again
  std::list<Delivery> deliveries;                 ///< not read yet

  /// The next poll is when the wall clock should show `when`, whatever becomes of that clock; Time{}: never.
  void plan(Time when, const Clock& clock);
  /// What the wall clock will show at the next poll: what was planned, unless the clock has stepped. Time{}: never.
  [[nodiscard]] Time next_due(const Clock& clock) const;

  /// How often the source itself says that it may be asked.
  [[nodiscard]] source::Pace pace() const;
  void set_pace(const source::Pace& pace);

  /// The URL to ask instead of `url`, when that one has redirected permanently often enough; else `url`.
  [[nodiscard]] const std::string& address_of(const std::string& url) const;
};

/// Names the plugin and the options that a source's requests are made and read with.
Id options_id(const config::SourceSettings& settings, const source::Plugin& plugin);

/// One line of `presswatch sources`.
struct SourceStatus {
  std::string id, plugin, name, state, reason;
  bool enabled = true;
  Time next_due{};
  Time last_ok{};
  int failures = 0;
  std::uint64_t items = 0;
  std::uint64_t alerts = 0;
  Time since{};  ///< when `state` began
  std::uint64_t polls = 0;
  std::uint64_t not_modified = 0;
  std::uint64_t failed = 0;
  Milliseconds interval{0};
  std::string moved_to;  ///< asked there, because the configured address redirects permanently
};

SourceStatus status_of(const SourceEntry& entry, const Clock& clock);

}  // namespace pw::pipeline
