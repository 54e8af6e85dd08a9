#include "cli/watchlist/watchlist_edit.hpp"

#include "cli/commands.hpp"
#include "cli/control_client.hpp"
#include "cli/report.hpp"
#include "cli/watchlist/watchlist_commands.hpp"
#include "config/load.hpp"
#include "core/json/json_member.hpp"
#include "core/text.hpp"
#include "pipeline/watchlists.hpp"
#include "source/loader/loader.hpp"
#include "watchlist/cut_list.hpp"
#include "watchlist/list_text.hpp"
#include "watchlist/replace_file.hpp"

#include <boost/system/system_error.hpp>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <system_error>
#include <vector>

namespace pw::cli {

namespace fs = std::filesystem;

config::Settings load_settings(const fs::path& config) {
  return config::load(config, loader::read_registry(config).options());
}

void check_new_lists(std::string_view text, const fs::path& file, config::Settings& settings) {
  config::add_watchlists(text, file, settings);
  pipeline::compile_watchlists(settings);
}

int reload_daemon(const config::Settings& settings) {
  try {
    const boost::json::object answer = ask_daemon("reload", settings.daemon.control);
    if (answer.contains("error")) {
      return report("the daemon goes on with its old configuration: " +
                    std::string(text_member(answer, "error", "it did not say why")));
    }
    std::cout << "the daemon has taken it over\n";
  } catch (const boost::system::system_error& error) {
    if (is_late(error)) {
      std::cout << "the daemon does not answer in time; when it does again, `presswatch reload` takes it over\n";
      return kExitOk;
    }
    std::cout << "no daemon answers; it will be read at the next start\n";
  }
  return kExitOk;
}

int run_watchlist_add(const AddOptions& options) {
  config::Settings settings = load_settings(options.config);
  const config::WatchlistSettings& list = options.list;
  const auto twin = std::ranges::find(settings.watchlists, list.id, &config::WatchlistSettings::id);
  if (twin != settings.watchlists.end()) {
    return report(fmt::format("there is a watchlist \"{}\" already, at {}:{}", list.id, twin->place.file.string(),
                              twin->place.line));
  }
  const std::string text = watchlist::to_toml(list);
  const fs::path file = settings.daemon.watchlists / (list.id + ".toml");
  check_new_lists(text, file, settings);
  std::error_code ignored;
  fs::create_directories(settings.daemon.watchlists, ignored);
  if (const auto error = watchlist::create_file(file, text)) return report(error->message);
  std::cout << "wrote " << printable(file.string()) << '\n';
  return reload_daemon(settings);
}

int run_watchlist_remove(const fs::path& config, const std::string& id) {
  const config::Settings settings = load_settings(config);
  const auto list = std::ranges::find(settings.watchlists, id, &config::WatchlistSettings::id);
  if (list == settings.watchlists.end()) {
    std::vector<std::string_view> ids;
    for (const auto& one : settings.watchlists) ids.push_back(one.id);
    const std::string_view near = nearest_name(id, ids);
    return report(fmt::format("there is no watchlist \"{}\"{}", printable(id),
                              near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near)));
  }
  const fs::path& file = list->place.file;
  std::ifstream in(file, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  const auto rest = watchlist::cut_list(text, id);
  if (!rest) {
    return report(
        fmt::format("{}:{}: {}; edit the file by hand", file.string(), list->place.line, rest.error().message));
  }
  const bool empty = trim(*rest).empty();
  if (const auto error = empty ? watchlist::remove_file(file) : watchlist::replace_file(file, *rest))
    return report(error->message);
  std::cout << fmt::format("took \"{}\" out of {}{}\n", id, printable(file.string()),
                           empty ? ", which held nothing else and is gone" : "");
  return reload_daemon(settings);
}

}  // namespace pw::cli
