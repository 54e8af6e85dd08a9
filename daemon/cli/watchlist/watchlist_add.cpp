#include "cli/commands.hpp"
#include "cli/common_arguments.hpp"
#include "cli/report.hpp"
#include "cli/verb.hpp"
#include "cli/watchlist/watchlist_edit.hpp"
#include "core/text.hpp"
#include "watchlist/list_text.hpp"
#include "watchlist/replace_file.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <system_error>

namespace pw::cli {
namespace {

namespace fs = std::filesystem;

struct AddOptions {
  fs::path config;
  config::WatchlistSettings list;
};

/// Validates the watchlist, writes ID.toml into the watchlists folder, and reloads the daemon.
int run_watchlist_add(const AddOptions& options) {
  config::Settings settings = load_settings(options.config);
  const config::WatchlistSettings& list = options.list;
  const auto twin = std::ranges::find(settings.watchlists, list.id, &config::WatchlistSettings::id);
  if (twin != settings.watchlists.end()) {
    return report(fmt::format("there is a watchlist \"{}\" already, at {}:{}", list.id, (*twin)->place.file.string(),
                              (*twin)->place.line));
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

}  // namespace

Run watchlist_add_verb(Arguments& arguments) {
  auto in = std::make_shared<AddOptions>();
  config::WatchlistSettings& list = in->list;
  arguments.add("id", &list.id, "its id, the channel on the bus: a-z 0-9 . _ -").required = true;
  arguments.add("--query", &list.query, "what to look for, as a query");
  Argument& keywords =
      arguments.add("--keywords", &list.keywords, "words and phrases separated by commas, instead of --query");
  keywords.separator = ',';
  keywords.excludes = "--query";
  arguments.add("--title", &list.title, "for people");
  arguments.add("--group", &list.group, "the group whose settings it inherits");
  arguments.add("--priority", &list.priority, "low, normal or high").shows_default = true;
  arguments.add("--languages", &list.languages, "only articles in these languages, such as en,ru").separator = ',';
  arguments.add("--sources", &list.sources, "only from these: ids, or tag:NAME").separator = ',';
  arguments.add("--fields", &list.fields, "search only these fields: title, lead, text").separator = ',';
  arguments.add("--owner", &list.owner.name, "who answers for it");
  arguments.add("--contact", &list.owner.contact, "contact of the owner");
  arguments.add("--min-score", &list.min_score, "matches with less raise no alert");
  arguments.add("--min-mentions", &list.min_mentions, "nor do those with fewer mentions");
  arguments.add("--notes", &list.notes, "for colleagues");
  take_config(arguments, in->config);
  return [in] {
    if (in->list.title.empty()) in->list.title = in->list.id;
    return run_watchlist_add(*in);
  };
}

}  // namespace pw::cli
