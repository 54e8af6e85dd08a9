#pragma once
/// The difference between the sources of two configurations.

#include "config/settings.hpp"
#include "pipeline/source_entry.hpp"

#include <memory>
#include <string>
#include <vector>

namespace pw::pipeline {

struct Configuration;

/// Ready to be applied to the SourceTable.
struct SourceChanges {
  std::vector<std::shared_ptr<SourceEntry>> added;  ///< new sources, and the new versions of changed ones
  std::vector<std::string> removed;                 ///< removed sources, and the old versions of changed ones
  config::ScheduleSettings schedule;

  [[nodiscard]] bool empty() const { return added.empty() && removed.empty(); }
};

/// Creates the new and changed sources; a source whose position in the file changed is not one of them. `before` is
/// nullptr if there are no sources yet. Throws config::ConfigError if an option is invalid. Any thread.
SourceChanges compare_sources(const Configuration* before, const Configuration& now);

}  // namespace pw::pipeline
