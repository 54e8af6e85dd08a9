#include "pipeline/source_changes.hpp"

#include "config/load.hpp"
#include "pipeline/configuration.hpp"

#include <stdexcept>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace pw::pipeline {
namespace {

std::unique_ptr<source::Source> make_source(const source::Plugin& plugin, const config::SourceSettings& settings,
                                            std::vector<config::Problem>& problems) {
  try {
    return plugin.make(settings);
  } catch (const std::invalid_argument& error) {
    problems.push_back({settings.place, "source " + settings.id + ": " + error.what()});
    return nullptr;
  }
}

std::shared_ptr<SourceEntry> make_entry(const config::SourceSettings& source,
                                        const std::shared_ptr<const source::Plugin>& plugin,
                                        std::vector<config::Problem>& problems) {
  auto entry = std::make_shared<SourceEntry>();
  entry->settings = source;
  entry->plugin = plugin;
  entry->source = make_source(*plugin, source, problems);
  entry->options = options_id(source, *plugin);
  entry->state.id = source.id;
  return entry;
}

/// True if the settings are equal except for their position in the file.
bool same_source(config::SourceSettings a, const config::SourceSettings& b) {
  a.place = b.place;
  return a == b;
}

}  // namespace

SourceChanges compare_sources(const Configuration* before, const Configuration& now) {
  SourceChanges out;
  out.schedule = now.settings.schedule;
  std::vector<config::Problem> problems;
  std::unordered_map<std::string_view, const config::SourceSettings*> older;
  if (before != nullptr) {
    for (const config::SourceSettings& source : before->settings.sources) older.emplace(source.id, &source);
  }
  for (const config::SourceSettings& source : now.settings.sources) {
    const auto plugin = now.registry.find(source.plugin);
    const auto known = older.find(source.id);
    const bool is_same =
        known != older.end() && same_source(*known->second, source) && before->registry.find(source.plugin) == plugin;
    if (is_same) {
      older.erase(known);
    } else {
      out.added.push_back(make_entry(source, plugin, problems));
    }
  }
  if (!problems.empty()) throw config::ConfigError(std::move(problems));
  for (const auto& [id, source] : older) out.removed.emplace_back(id);
  return out;
}

}  // namespace pw::pipeline
