#include "app/load_configuration.hpp"

#include "app/check_settings.hpp"
#include "config/load.hpp"
#include "pipeline/source_changes.hpp"
#include "source/loader/loader.hpp"

#include <utility>
#include <vector>

namespace pw::app {
namespace {

/// Adds the errors that `work` throws to `problems`.
template <class Work>
void collect(std::vector<config::Problem>& problems, Work&& work) {
  try {
    work();
  } catch (const config::ConfigError& error) {
    problems.insert(problems.end(), error.problems().begin(), error.problems().end());
  }
}

}  // namespace

std::shared_ptr<const pipeline::Configuration> load_configuration(const std::filesystem::path& file,
                                                                  const pipeline::Configuration* before,
                                                                  const std::stop_token& stop) {
  if (before == nullptr) loader::warn_without_isolation();
  const config::PluginSettings plugins = config::load_plugin_settings(file);
  source::Registry registry = before != nullptr ? before->registry : loader::make_registry(plugins);
  loader::load_packages(registry, plugins);
  config::Draft draft = config::read(file, registry.options(), {before != nullptr ? &before->settings : nullptr, stop});
  if (!draft.has_main_file) throw config::ConfigError(std::move(draft.problems));
  check_settings(draft.settings, draft.problems);
  std::shared_ptr<const pipeline::Watchlists> watchlists;
  collect(draft.problems, [&] {
    watchlists = pipeline::compile_watchlists(draft.settings, before != nullptr ? before->watchlists : nullptr);
  });
  pipeline::Configuration out{std::move(draft.settings), std::move(registry), std::move(watchlists)};
  if (!draft.problems.empty()) {
    // Without errors, the sources are made once, when it is put in force.
    std::erase_if(out.settings.sources, [](const auto& source) { return source.plugin.empty(); });
    collect(draft.problems, [&] { pipeline::compare_sources(nullptr, out); });
    throw config::ConfigError(std::move(draft.problems));
  }
  return std::make_shared<const pipeline::Configuration>(std::move(out));
}

}  // namespace pw::app
