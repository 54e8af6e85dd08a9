#pragma once
/// What the daemon keeps of one configured source while it runs. Loop thread only.

#include "config/settings.hpp"
#include "core/time.hpp"
#include "source/plugin.hpp"
#include "store/store.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace pw::pipeline {

struct SourceEntry {
  config::SourceSettings settings;
  std::shared_ptr<const source::Plugin> plugin;
  std::unique_ptr<source::Source> source;
  store::SourceState state;                       ///< what is saved of it
  source::Pace pace;                              ///< of the last answer
  bool running = false;                           ///< its turn is on; never two at once
  bool removed = false;                           ///< taken out by a reload while its turn was on
  unsigned unchanged = 0;                         ///< polls in a row that brought nothing new
  std::vector<Time> recent;                       ///< publication times of its last items
  std::map<std::string, unsigned> page_failures;  ///< by item, for pages that are tried again
  std::map<std::string, Time> revisions;          ///< by item, the change that was followed last

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
};

}  // namespace pw::pipeline
