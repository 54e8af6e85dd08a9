#pragma once
/// The run-time state of a configured source. Loop thread only.

#include "config/settings.hpp"
#include "core/id.hpp"
#include "core/time.hpp"
#include "pipeline/page_tries.hpp"
#include "pipeline/source_counts.hpp"
#include "schedule/scheduler.hpp"
#include "source/plugin.hpp"
#include "store/storage.hpp"

#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pw::pipeline {

/// Content delivered by a hub. Kept in a list: an empty deque takes 600 bytes per source.
struct Delivery {
  std::string content_type, body;
};

struct SourceEntry {
  config::SourceSettings settings;
  std::shared_ptr<const source::Plugin> plugin;
  std::unique_ptr<source::Source> source;
  Id options;                            ///< identifies plugin and options; key of the stored requests
  schedule::SourceKey key = 0;           ///< key in the scheduler
  store::SourceState state;              ///< the persistent part
  std::optional<schedule::Instant> due;  ///< when the next poll is due; nothing: never
  bool running = false;                  ///< a poll is in progress; there is never more than one
  bool removed = false;                  ///< removed by a reload; its results are no longer saved
  bool announced = false;                ///< its health has been published
  bool poll_again = false;               ///< a poll was requested while one was in progress
  bool silent = false;                   ///< by its rhythm, as of the last reading
  unsigned unchanged = 0;                ///< consecutive polls without anything new
  std::vector<Time> recent;              ///< publication times of its latest items
  PageTries pages;
  std::shared_ptr<SourceCounts> counts = std::make_shared<SourceCounts>();  ///< may be shared with other sources
  std::list<Delivery> deliveries;                                           ///< not read yet

  /// Plans the next poll for when the wall clock should show `when`, even if that clock steps. Time{}: never.
  void plan(Time when, const Clock& clock);
  /// The wall clock time of the next poll: as planned, unless the clock has stepped. Time{}: never.
  [[nodiscard]] Time next_due(const Clock& clock) const;

  /// The polling limits that the source itself states.
  [[nodiscard]] source::Pace pace() const;
  void set_pace(const source::Pace& pace);

  /// The URL to request instead of `url` if that has redirected permanently often enough; otherwise `url`.
  [[nodiscard]] const std::string& address_of(const std::string& url) const;
};

/// Identifies the plugin and the options that determine a source's requests and how answers are read.
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
  Time since{};      ///< when `state` began
  Time last_item{};  ///< when it last brought something new; Time{}: never
  std::uint64_t polls = 0;
  std::uint64_t not_modified = 0;
  std::uint64_t failed = 0;
  Milliseconds interval{0};
  std::string moved_to;  ///< the address in use, if the configured one redirects permanently
};

SourceStatus status_of(const SourceEntry& entry, const Clock& clock);

}  // namespace pw::pipeline
