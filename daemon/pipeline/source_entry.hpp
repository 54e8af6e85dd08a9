#pragma once
/// What the daemon keeps of one configured source while it runs. Loop thread only.

#include "config/settings.hpp"
#include "core/time.hpp"
#include "schedule/scheduler.hpp"
#include "source/plugin.hpp"
#include "store/store.hpp"

#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pw::pipeline {

/// Kept in a list: an empty deque takes 600 bytes of each source.
struct Pushed {
  std::string content_type, body;
};

struct SourceEntry {
  config::SourceSettings settings;
  std::shared_ptr<const source::Plugin> plugin;
  std::unique_ptr<source::Source> source;
  store::SourceState state;                       ///< what is saved of it
  std::optional<schedule::Instant> due;           ///< of its next turn; nothing: it is not asked any more
  bool running = false;                           ///< its turn is on; never two at once
  bool removed = false;                           ///< taken out by a reload while its turn was on
  unsigned unchanged = 0;                         ///< polls in a row that brought nothing new
  std::vector<Time> recent;                       ///< publication times of its last items
  std::map<std::string, unsigned> page_failures;  ///< by item, for pages that are tried again
  std::map<std::string, Time> revisions;          ///< by item, the change that was followed last
  std::list<Pushed> pushed;                       ///< what its hub delivered and nobody has read yet

  /// The next turn is when the wall clock should show `when`, whatever becomes of that clock; Time{}: never.
  void plan(Time when, const Clock& clock);
  /// What the wall clock will show at the next turn: what was planned, unless the clock has stepped. Time{}: never.
  [[nodiscard]] Time next_due(const Clock& clock) const;

  /// How often the source itself says that it may be asked.
  [[nodiscard]] source::Pace pace() const;
  void set_pace(const source::Pace& pace);

  /// The URL to ask instead of `url`, when that one has redirected permanently often enough; else `url`.
  [[nodiscard]] const std::string& address_of(const std::string& url) const;

  /// Does the source say that a known item was changed since it was followed?
  [[nodiscard]] bool is_revision(const source::Item& item, Time first_seen) const;
  void remember_revision(const source::Item& item);
};

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

}  // namespace pw::pipeline
