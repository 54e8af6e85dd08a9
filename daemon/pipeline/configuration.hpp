#pragma once
/// A whole configuration as a value, and what it takes to put one in force.

#include "config/settings.hpp"
#include "pipeline/matcher_pool.hpp"
#include "pipeline/source_changes.hpp"
#include "pipeline/watchlists.hpp"
#include "source/registry.hpp"
#include "store/storage.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pw::pipeline {

/// One version of the configuration, read, checked and compiled. Immutable; any thread. Versions share what is the same
/// in both.
struct Configuration {
  config::Settings settings;
  source::Registry registry;  ///< the plugins
  std::shared_ptr<const Watchlists> watchlists;
};

/// A configuration with everything that can be prepared for it, so that putting it in force is one short step which
/// neither blocks nor refuses anything.
struct ConfigurationUpdate {
  std::shared_ptr<const Configuration> now;
  SourceChanges sources;
  std::vector<store::SourceState> saved;  ///< stored states of the added sources
  std::shared_ptr<MatcherPool> matchers;  ///< nullptr: the watchlists are the same as before

  struct Ids {
    std::vector<std::string> sources;
    std::vector<std::string> watchlists;  ///< sorted
  };
  std::optional<Ids> configured;  ///< nothing: the same as before
};

/// Prepares a change from `before`, the configuration in force, or nullptr at the start. Throws config::ConfigError if
/// an option of a source is invalid, std::runtime_error if the store cannot be read. Blocks; any thread.
ConfigurationUpdate prepare_update(const Configuration* before, std::shared_ptr<const Configuration> now,
                                   store::Storage& store);

}  // namespace pw::pipeline
