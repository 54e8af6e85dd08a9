#include "cli/commands.hpp"
#include "cli/common_arguments.hpp"
#include "cli/report.hpp"
#include "cli/verb.hpp"
#include "cli/watchlist/watchlist_edit.hpp"
#include "config/load.hpp"
#include "core/text.hpp"
#include "watchlist/imported.hpp"
#include "watchlist/list_text.hpp"
#include "watchlist/replace_file.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <stdexcept>
#include <system_error>

namespace pw::cli {
namespace {

namespace fs = std::filesystem;

struct ImportOptions {
  std::filesystem::path config;
  std::string file;
  std::string group;  ///< created if there is no group with this id
  std::string name;   ///< of the new file, without .toml; empty: same as the imported file
  bool dry_run = false;
};

std::string read_text(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot open " + printable(file));
  return {std::istreambuf_iterator<char>(in), {}};
}

bool is_table(const fs::path& file) {
  const std::string ending = ascii_lower(file.extension().string());
  return ending == ".csv" || ending == ".tsv";
}

/// The new file, and where in it the watchlist of each imported line starts.
struct Draft {
  std::string text;
  std::map<std::size_t, std::size_t> lines;  ///< maps a line of the new file to one of the imported file
};

Draft draft_of(const watchlist::Imported& imported, const std::string& source, const std::string& new_group) {
  Draft out;
  out.text =
      fmt::format("# Imported from {} on {}.\n", printable(source), to_iso8601(SystemClock().now()).substr(0, 10));
  if (!new_group.empty()) out.text += fmt::format("\n[group]\nid = {}\n", watchlist::toml_string(new_group));
  for (const config::WatchlistSettings& list : imported.lists) {
    out.text += '\n';
    const auto line = static_cast<std::size_t>(std::ranges::count(out.text, '\n')) + 1;
    out.lines.emplace(line, list.place.line);
    out.text += watchlist::to_toml(list);
  }
  return out;
}

int report_problems(const std::string& file, const std::vector<watchlist::Imported::Problem>& problems) {
  for (const auto& one : problems) {
    std::cerr << fmt::format("{}:{}: {}\n", printable(file), one.line, printable(one.message, 1000));
  }
  std::cerr << fmt::format("{} problems; nothing is imported\n", problems.size());
  return kExitFailed;
}

/// Maps problems of the new file to the imported lines that caused them.
std::vector<watchlist::Imported::Problem> at_their_lines(const config::ConfigError& error, const fs::path& file,
                                                         const Draft& draft) {
  std::vector<watchlist::Imported::Problem> out;
  for (const config::Problem& problem : error.problems()) {
    const auto behind = draft.lines.upper_bound(problem.place.line);
    const bool ours = problem.place.file == file && behind != draft.lines.begin();
    out.push_back(ours ? watchlist::Imported::Problem{std::prev(behind)->second, problem.message}
                       : watchlist::Imported::Problem{0, problem.text()});
  }
  return out;
}

/// Converts a table or an alert list into a watchlist file: either completely, or not at all, with every error
/// reported.
int run_watchlist_import(const ImportOptions& options) {
  config::Settings settings = load_settings(options.config);
  const std::string text = read_text(options.file);
  watchlist::Ids taken;
  for (const auto& list : settings.watchlists) taken.insert(list->id);
  const bool is_new = !options.group.empty() && std::ranges::find(settings.groups, options.group,
                                                                  &config::GroupSettings::id) == settings.groups.end();
  const auto import = is_table(options.file) ? watchlist::import_csv : watchlist::import_lines;
  const watchlist::Imported imported = import(text, taken, is_new ? "" : options.group);
  if (!imported.problems.empty()) return report_problems(options.file, imported.problems);

  const std::string name =
      options.name.empty() ? watchlist::make_id(fs::path(options.file).stem().string(), {}) : options.name;
  const fs::path file = settings.daemon.watchlists / (name + ".toml");
  const Draft draft = draft_of(imported, fs::path(options.file).filename().string(), is_new ? options.group : "");
  try {
    check_new_lists(draft.text, file, settings);
  } catch (const config::ConfigError& error) {
    return report_problems(options.file, at_their_lines(error, file, draft));
  }
  if (options.dry_run) {
    std::cout << draft.text;
    return kExitOk;
  }
  std::error_code ignored;
  fs::create_directories(settings.daemon.watchlists, ignored);
  if (const auto error = watchlist::create_file(file, draft.text))
    return report(error->message + "; --as gives another name");
  std::cout << fmt::format("imported {} watchlists into {}\n", imported.lists.size(), printable(file.string()));
  return reload_daemon(settings);
}

}  // namespace

Run watchlist_import_verb(Arguments& arguments) {
  auto in = std::make_shared<ImportOptions>();
  arguments.add("file", &in->file, "a .csv or .tsv with a row of names first, or a text with an alert a line")
      .required = true;
  arguments.add("--group", &in->group, "the group of what is imported; made where there is none");
  arguments.add("--as", &in->name, "the name of the new file, without .toml");
  arguments.add("--dry-run", &in->dry_run, "print the new file instead");
  take_config(arguments, in->config);
  return [in] { return run_watchlist_import(*in); };
}

}  // namespace pw::cli
