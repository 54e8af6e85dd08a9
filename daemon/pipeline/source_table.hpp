#pragma once
/// The configured sources, their state, and which are due. The only owner of SourceEntry.

#include "pipeline/bounded_counts.hpp"
#include "pipeline/source_changes.hpp"
#include "pipeline/source_counts.hpp"
#include "pipeline/source_entry.hpp"
#include "schedule/scheduler.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pw::pipeline {

/// Loop thread only. `clock` must outlive it.
class SourceTable {
 public:
  /// At most `most_counted` sources have counts of their own.
  explicit SourceTable(const Clock& clock, std::size_t most_counted = 1000) : clock_(clock), counts_(most_counted) {}

  /// Applies the changes and returns the removed entries. `saved`: states from the store for added sources.
  /// `longest_rest`: the longest time for which a source can have been planned to rest.
  std::vector<std::shared_ptr<SourceEntry>> apply(SourceChanges changes, std::vector<store::SourceState> saved,
                                                  const std::function<Milliseconds(const SourceEntry&)>& longest_rest);

  /// nullptr if there is no source with this id.
  [[nodiscard]] std::shared_ptr<SourceEntry> find(std::string_view id) const;
  [[nodiscard]] const std::map<std::string, std::shared_ptr<SourceEntry>, std::less<>>& all() const { return entries_; }

  /// Sources that are due. They are not due again until schedule() is called.
  std::vector<std::shared_ptr<SourceEntry>> take_due(std::size_t most);
  [[nodiscard]] std::optional<schedule::Instant> next_due() const { return scheduler_.next_due(); }
  /// Schedules the source for the time in its entry.
  void schedule(const SourceEntry& entry);
  /// Polls the source as soon as possible: now, or again after the current poll. False if it is disabled.
  bool ask_now(SourceEntry& entry);

  [[nodiscard]] std::vector<SourceStatus> statuses() const;  ///< sorted by id
  /// The sources as the status shows them.
  [[nodiscard]] SourcesOverview overview() const;
  /// The sources as the metrics show them.
  [[nodiscard]] SourcesSample sample() const;

  /// Delay between the first polls of sources that start at the same time.
  static constexpr Milliseconds kStartGap{50};

 private:
  void add(std::shared_ptr<SourceEntry> entry, bool is_changed, Milliseconds longest_rest, std::size_t& ahead);
  [[nodiscard]] Time first_due(const SourceEntry& entry, bool is_changed, Milliseconds longest_rest);

  const Clock& clock_;
  BoundedCounts<SourceCounts> counts_;
  schedule::Scheduler scheduler_;
  std::map<std::string, std::shared_ptr<SourceEntry>, std::less<>> entries_;
  std::map<schedule::SourceKey, std::string> ids_;
  schedule::SourceKey next_key_ = 1;
  schedule::Instant next_start_{};  ///< earliest start for the next source that starts
};

}  // namespace pw::pipeline
