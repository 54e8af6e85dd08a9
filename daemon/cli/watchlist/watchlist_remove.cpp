#include "cli/commands.hpp"
#include "cli/common_arguments.hpp"
#include "cli/report.hpp"
#include "cli/verb.hpp"
#include "cli/watchlist/watchlist_edit.hpp"
#include "core/text.hpp"
#include "watchlist/cut_list.hpp"
#include "watchlist/replace_file.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <vector>

namespace pw::cli {
namespace {

namespace fs = std::filesystem;

struct RemoveOptions {
  fs::path config;
  std::string id;
};

/// Removes a watchlist from its file without changing anything else. Deletes a file that becomes empty.
int run_watchlist_remove(const fs::path& config, const std::string& id) {
  const config::Settings settings = load_settings(config);
  const auto list = std::ranges::find(settings.watchlists, id, &config::WatchlistSettings::id);
  if (list == settings.watchlists.end()) {
    std::vector<std::string_view> ids;
    for (const auto& one : settings.watchlists) ids.push_back(one->id);
    const std::string_view near = nearest_name(id, ids);
    return report(fmt::format("there is no watchlist \"{}\"{}", printable(id),
                              near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near)));
  }
  const fs::path& file = (*list)->place.file;
  std::ifstream in(file, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  const auto rest = watchlist::cut_list(text, id);
  if (!rest) {
    return report(
        fmt::format("{}:{}: {}; edit the file by hand", file.string(), (*list)->place.line, rest.error().message));
  }
  const bool empty = trim(*rest).empty();
  if (const auto error = empty ? watchlist::remove_file(file) : watchlist::replace_file(file, *rest))
    return report(error->message);
  std::cout << fmt::format("took \"{}\" out of {}{}\n", id, printable(file.string()),
                           empty ? ", which held nothing else and is gone" : "");
  return reload_daemon(settings);
}

}  // namespace

Run watchlist_remove_verb(Arguments& arguments) {
  auto in = std::make_shared<RemoveOptions>();
  arguments.add("id", &in->id, "its id").required = true;
  take_config(arguments, in->config);
  return [in] { return run_watchlist_remove(in->config, in->id); };
}

}  // namespace pw::cli
