#pragma once
/// The verbs of `presswatch watchlist`, a file each. Every one returns the exit code of the process, and throws
/// config::ConfigError when the configuration has errors.

#include "config/settings.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace pw::cli {

/// Adds `watchlist` and its verbs to the command line; a verb that is called leaves its exit code in `code`.
void add_watchlist_commands(CLI::App& app, int& code);

struct ListOptions {
  std::filesystem::path config;
  std::string group;  ///< only its lists; empty: all
  bool json = false;
};

/// Every watchlist of the files, how it stands now, and what the daemon has counted, where one runs.
int run_watchlist_list(const ListOptions& options);

struct AddOptions {
  std::filesystem::path config;
  config::WatchlistSettings list;
};

/// Writes ID.toml into the folder of the watchlists, once it is known to be right; then the daemon reloads.
int run_watchlist_add(const AddOptions& options);

/// Cuts a watchlist out of its file and leaves every other byte; a file that holds nothing more goes.
int run_watchlist_remove(const std::filesystem::path& config, const std::string& id);

struct TestOptions {
  std::filesystem::path config;
  std::string list;                 ///< a watchlist's id, or a file of watchlists
  std::vector<std::string> inputs;  ///< URLs, HTML files, or texts whose first line is the title
  std::string source;               ///< id of the source that they are taken to be from; empty: not said
  bool allow_private = false;
  bool json = false;
};

/// Would the list match these, and why or why not? kExitNoMatch when it would not match one of them.
int run_watchlist_test(const TestOptions& options);

struct ImportOptions {
  std::filesystem::path config;
  std::string file;
  std::string group;  ///< is made where there is none of that id
  std::string name;   ///< of the new file, without .toml; empty: that of the imported one
  bool dry_run = false;
};

/// Makes a file of watchlists of a table or of a list of alerts: all of it, or nothing and every reason.
int run_watchlist_import(const ImportOptions& options);

}  // namespace pw::cli
