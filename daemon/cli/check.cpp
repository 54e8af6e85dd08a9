#include "cli/commands.hpp"
#include "cli/common_arguments.hpp"
#include "cli/verb.hpp"
#include "config/load.hpp"
#include "pipeline/pipeline.hpp"
#include "source/loader/loader.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <vector>

namespace pw::cli {
namespace {

/// Reports errors that only creating the source finds, such as a selector that does not compile.
void check_sources(const config::Settings& settings, const source::Registry& registry,
                   std::vector<config::Problem>& problems) {
  for (const config::SourceSettings& source : settings.sources) {
    try {
      const auto plugin = registry.find(source.plugin);
      if (!plugin->refused.empty()) throw std::invalid_argument(plugin->refused);
      plugin->make(source);
    } catch (const std::invalid_argument& error) {
      problems.push_back({source.place, "source " + source.id + ": " + error.what()});
    }
  }
}

/// Reads the whole configuration and reports every error.
int run_check(const std::filesystem::path& file) {
  loader::warn_without_isolation();
  try {
    const source::Registry registry = loader::read_registry(file);
    const config::Settings settings = config::load(file, registry.options());
    std::vector<config::Problem> problems;
    check_sources(settings, registry, problems);
    try {
      pipeline::compile_watchlists(settings);
    } catch (const config::ConfigError& error) {
      problems.insert(problems.end(), error.problems().begin(), error.problems().end());
    }
    if (!problems.empty()) throw config::ConfigError(std::move(problems));
    const auto enabled = std::ranges::count(settings.sources, true, &config::SourceSettings::enabled);
    std::cout << fmt::format("{}: no errors. {} sources ({} enabled), {} watchlists, {} names\n", file.string(),
                             settings.sources.size(), enabled, settings.watchlists.size(), settings.names.size());
    return kExitOk;
  } catch (const config::ConfigError& error) {
    std::cerr << error.what() << '\n' << error.problems().size() << " errors\n";
    return kExitConfig;
  }
}

}  // namespace

Run check_verb(Arguments& arguments) {
  auto config = std::make_shared<std::filesystem::path>();
  take_config(arguments, *config);
  return [config] { return run_check(*config); };
}

}  // namespace pw::cli
