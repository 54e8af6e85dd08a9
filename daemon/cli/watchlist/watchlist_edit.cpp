#include "cli/watchlist/watchlist_edit.hpp"

#include "cli/commands.hpp"
#include "cli/control_client.hpp"
#include "cli/report.hpp"
#include "config/load.hpp"
#include "core/json/json_member.hpp"
#include "pipeline/watchlists.hpp"
#include "source/loader/loader.hpp"

#include <boost/system/system_error.hpp>

#include <iostream>

namespace pw::cli {

namespace fs = std::filesystem;

config::Settings load_settings(const fs::path& config) {
  config::Draft draft = config::read(config, loader::read_registry(config).options());
  for (const config::Problem& problem : draft.problems) {
    if (problem.missing_folder) report("warning: " + problem.text());
  }
  std::erase_if(draft.problems, [](const config::Problem& problem) { return problem.missing_folder; });
  if (!draft.problems.empty()) throw config::ConfigError(std::move(draft.problems));
  return std::move(draft.settings);
}

void check_new_lists(std::string_view text, const fs::path& file, config::Settings& settings) {
  config::add_watchlists(text, file, settings);
  pipeline::compile_watchlists(settings);
}

int reload_daemon(const config::Settings& settings) {
  try {
    const boost::json::object answer = ask_daemon("reload", settings.daemon.control);
    if (answer.contains("error")) {
      std::cerr << "presswatch: the daemon keeps its old configuration:\n";
      return report_error(answer);
    }
    std::cout << "the daemon has loaded it\n";
  } catch (const boost::system::system_error& error) {
    if (is_late(error)) {
      std::cout << "the daemon did not answer in time; run `presswatch reload` once it does\n";
      return kExitOk;
    }
    std::cout << "the daemon is not running; it will load it when it starts\n";
  }
  return kExitOk;
}

}  // namespace pw::cli
