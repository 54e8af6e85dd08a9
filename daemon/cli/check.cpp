#include "app/check_settings.hpp"
#include "app/check_system.hpp"
#include "app/load_configuration.hpp"
#include "cli/commands.hpp"
#include "cli/common_arguments.hpp"
#include "cli/counted.hpp"
#include "cli/daemon_user.hpp"
#include "cli/running_daemon.hpp"
#include "cli/verb.hpp"
#include "config/load.hpp"
#include "core/text.hpp"
#include "pipeline/source_changes.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pw::cli {
namespace {

using Problems = std::vector<config::Problem>;

void append(Problems& problems, const Problems& more) { problems.insert(problems.end(), more.begin(), more.end()); }

/// Reports sources that a start would only leave out, because their plugins cannot run here.
void check_plugins(const pipeline::Configuration& configuration, Problems& problems) {
  for (const config::SourceSettings& source : configuration.settings.sources) {
    const auto plugin = configuration.registry.find(source.plugin);
    if (!plugin->refused.empty()) problems.push_back({source.place, "source " + source.id + ": " + plugin->refused});
  }
}

/// The configuration, if it has no errors.
std::shared_ptr<const pipeline::Configuration> read_all(const std::filesystem::path& file, Problems& problems) {
  try {
    auto configuration = app::load_configuration(file);
    pipeline::compare_sources(nullptr, *configuration);
    check_plugins(*configuration, problems);
    return configuration;
  } catch (const config::ConfigError& error) {
    append(problems, error.problems());
    return nullptr;
  }
}

/// The main file, if it has no errors of its own.
std::optional<config::MainSettings> read_main(const std::filesystem::path& file) {
  try {
    return config::load_main(file);
  } catch (const config::ConfigError&) {
    return std::nullopt;
  }
}

void note(const std::string& text) { std::cout << "note: " << text << '\n'; }

/// Finds what the machine lacks, as the user and beside the daemon that this configuration has.
void check_machine(const config::MainSettings& settings, Problems& problems) {
  app::Held held;
  if (const auto daemon = find_running(settings.daemon.control)) {
    held = daemon->held;
    note(fmt::format("the daemon runs (process {}); what it uses is not taken", daemon->process));
  }
  if (const auto owner = other_owner_of(settings.daemon.state)) {
    note(fmt::format("what a start needs of this machine is not checked: that takes root, or the user {}, who owns {}",
                     printable(*owner), printable(settings.daemon.state.string())));
  } else {
    append(problems, app::check_system(settings, held));
  }
}

int report_problems(const Problems& problems) {
  for (const config::Problem& problem : problems) std::cerr << problem.text() << '\n';
  std::cerr << counted(problems.size(), "error") << '\n';
  return kExitConfig;
}

/// Reads the whole configuration and reports every error, and what a start would fail for.
int run_check(const std::filesystem::path& file) {
  const auto main = read_main(file);
  if (main) {
    if (const auto user = act_as_owner_of(main->daemon.state)) note(*user);
  }
  Problems problems;
  const auto configuration = read_all(file, problems);
  if (main) check_machine(*main, problems);
  if (configuration) {
    for (const config::Problem& warning : app::warnings_of(configuration->settings)) {
      std::cerr << "warning: " << warning.text() << '\n';
    }
  }
  if (!problems.empty()) return report_problems(problems);
  const config::Settings& settings = configuration->settings;
  const auto enabled = std::ranges::count(settings.sources, true, &config::SourceSettings::enabled);
  std::cout << fmt::format("{}: no errors. {} ({} enabled), {}, {}\n", printable(file.string()),
                           counted(settings.sources.size(), "source"), enabled,
                           counted(settings.watchlists.size(), "watchlist"), counted(settings.names.size(), "name"));
  return kExitOk;
}

}  // namespace

Run check_verb(Arguments& arguments) {
  auto config = std::make_shared<std::filesystem::path>();
  take_config(arguments, *config);
  return [config] { return run_check(*config); };
}

}  // namespace pw::cli
