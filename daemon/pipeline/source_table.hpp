#pragma once
/// The sources as configured, their state, and who is due. The only owner of SourceEntry.

#include "config/load.hpp"
#include "config/settings.hpp"
#include "pipeline/source_entry.hpp"
#include "schedule/scheduler.hpp"
#include "source/registry.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pw::pipeline {

/// Loop thread only.
class SourceTable {
 public:
  explicit SourceTable(const Clock& clock) : clock_(clock) {}

  /// The difference between the table and a configuration, ready to be taken over.
  struct Changes {
    std::vector<std::shared_ptr<SourceEntry>> added;  ///< new, and changed ones, made anew
    std::vector<std::string> removed;                 ///< gone, and changed ones as they were
    config::ScheduleSettings schedule;
  };
  /// Makes the sources that are new or changed; sources that only stand elsewhere in their file are not. Changes
  /// nothing. Throws config::ConfigError when an option does not compile.
  [[nodiscard]] Changes compare(const config::Settings& settings, const source::Registry& registry) const;
  /// Takes the changes over. `saved`: states from the store for those that are new. `longest_rest` tells how long a
  /// source can have been planned to rest. Answers those that are gone.
  std::vector<std::shared_ptr<SourceEntry>> apply(Changes changes, std::vector<store::SourceState> saved,
                                                  const std::function<Milliseconds(const SourceEntry&)>& longest_rest);

  /// nullptr when there is none of the id.
  [[nodiscard]] std::shared_ptr<SourceEntry> find(std::string_view id) const;
  [[nodiscard]] const std::map<std::string, std::shared_ptr<SourceEntry>, std::less<>>& all() const { return entries_; }

  /// Sources whose time has come; they are not due again until schedule() is called.
  std::vector<std::shared_ptr<SourceEntry>> take_due(std::size_t most);
  [[nodiscard]] std::optional<schedule::Instant> next_due() const { return scheduler_.next_due(); }
  /// Has the source come up when its entry says.
  void schedule(const SourceEntry& entry);
  /// The source is polled as soon as may be: now, or again after the poll that is under way. False: it is disabled.
  bool ask_now(SourceEntry& entry);

  [[nodiscard]] std::vector<SourceStatus> statuses() const;  ///< by id

  /// Sources that start at the same time are begun so far apart.
  static constexpr Milliseconds kStartGap{50};

 private:
  void add(std::shared_ptr<SourceEntry> entry, bool is_changed, Milliseconds longest_rest, std::size_t& ahead);
  [[nodiscard]] Time first_due(const SourceEntry& entry, bool is_changed, Milliseconds longest_rest);

  const Clock& clock_;
  schedule::Scheduler scheduler_;
  std::map<std::string, std::shared_ptr<SourceEntry>, std::less<>> entries_;
  std::map<schedule::SourceKey, std::string> ids_;
  schedule::SourceKey next_key_ = 1;
  schedule::Instant next_start_{};  ///< of a source that starts, at the earliest
};

/// Are both the same to whoever runs them? Where they stand in their file does not count.
bool same_source(config::SourceSettings a, const config::SourceSettings& b);

}  // namespace pw::pipeline
