#include "config/load.hpp"

#include "config/disabled_plugins.hpp"
#include "config/read_source.hpp"
#include "config/read_watchlist.hpp"
#include "config/table_reader.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <system_error>

namespace pw::config {
namespace {

namespace fs = std::filesystem;

struct Folders {
  fs::path sources = "sources.d";
  fs::path watchlists = "watchlists.d";
  fs::path names = "names.d";
};

std::string join_problems(const std::vector<Problem>& problems) {
  std::string out;
  for (const Problem& problem : problems) {
    if (!out.empty()) out += '\n';
    out += problem.text();
  }
  return out;
}

std::vector<fs::path> toml_files(const fs::path& folder) {
  std::vector<fs::path> out;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    if (entry.path().extension() == ".toml") out.push_back(entry.path());
  }
  std::ranges::sort(out);
  return out;
}

/// The same of the folders in it, so that a team may have its own; hidden ones are left out.
std::vector<fs::path> toml_files_below(const fs::path& folder) {
  std::vector<fs::path> out = toml_files(folder);
  std::error_code ignored;
  for (auto it = fs::recursive_directory_iterator(folder, ignored); it != fs::recursive_directory_iterator(); ++it) {
    if (it->path().filename().string().starts_with('.')) {
      it.disable_recursion_pending();
    } else if (it.depth() > 0 && it->path().extension() == ".toml") {
      out.push_back(it->path());
    }
  }
  std::ranges::sort(out);
  return out;
}

/// A file that others may write is someone else's configuration.
void check_permissions(const fs::path& file, Problems& problems) {
  std::error_code error;
  const auto status = fs::status(file, error);
  if (error || !fs::exists(status)) {
    problems.add(file, 0, "cannot be read: no such file, or no permission");
  } else if ((status.permissions() & fs::perms::others_write) != fs::perms::none) {
    problems.add(file, 0, "can be written by everyone; chmod o-w it");
  }
}

class MainFile {
 public:
  MainFile(const toml::table& root, Settings& settings, Problems& problems)
      : reader_(root, "", settings.file, problems), settings_(settings), problems_(problems) {}

  Folders read() {
    Folders folders;
    section("daemon", [&](TableReader& in) {
      in.read("state", settings_.daemon.state);
      in.read("control", settings_.daemon.control);
      in.read_choice("log_level", settings_.daemon.log_level, {"trace", "debug", "info", "warn", "error", "off"});
      in.read("threads", settings_.daemon.threads);
      in.read("sources", folders.sources);
      in.read("watchlists", folders.watchlists);
      in.read("names", folders.names);
    });
    section("fetch", [&](TableReader& in) { read_fetch(in); });
    section("schedule", [&](TableReader& in) {
      in.read("min_interval", settings_.schedule.min_interval);
      in.read("max_interval", settings_.schedule.max_interval);
      in.read("max_items_per_poll", settings_.schedule.max_items_per_poll, std::size_t{1});
      in.read("max_age", settings_.schedule.max_age);
      if (settings_.schedule.min_interval > settings_.schedule.max_interval) {
        in.problem("min_interval", "is above max_interval");
      }
    });
    section("bus", [&](TableReader& in) {
      in.read("live", settings_.bus.live);
      in.read("log", settings_.bus.log);
      in.read("heartbeat", settings_.bus.heartbeat);
      if (settings_.bus.heartbeat < 50ms) in.problem("heartbeat", "must be at least 50ms");
    });
    section("websub", [&](TableReader& in) {
      in.read("listen", settings_.websub.listen);
      in.read("callback", settings_.websub.callback);
      const std::string& callback = settings_.websub.callback;
      const bool web = callback.starts_with("http://") || callback.starts_with("https://");
      if (!callback.empty() && !web) in.problem("callback", "must be an http or https URL");
      if (settings_.websub.listen.empty() != callback.empty()) in.problem("listen", "and callback go together");
    });
    section("store", [&](TableReader& in) {
      in.read("keep_articles", settings_.store.keep_articles);
      in.read("keep_alerts", settings_.store.keep_alerts);
    });
    read_plugins();
    reader_.finish();
    return folders;
  }

  void read_plugins() {
    section("plugins", [&](TableReader& in) {
      PluginSettings& plugins = settings_.plugins;
      std::vector<std::string> directories;
      in.read("directories", directories);
      if (in.has("directories")) plugins.directories.assign(directories.begin(), directories.end());
      in.read("host", plugins.host);
    });
    const fs::path folder = fs::absolute(settings_.file).parent_path();
    for (fs::path& directory : settings_.plugins.directories) directory = folder / directory;
    if (!settings_.plugins.host.empty()) settings_.plugins.host = folder / settings_.plugins.host;
  }

 private:
  template <class F>
  void section(std::string_view name, F&& read) {
    const toml::table* table = reader_.take_table(name);
    if (table == nullptr) return;
    TableReader in(*table, std::string(name), settings_.file, problems_);
    read(in);
    in.finish();
  }

  void read_fetch(TableReader& in) {
    FetchSettings& fetch = settings_.fetch;
    in.read("contact", fetch.contact);
    in.read("user_agent", fetch.user_agent);
    in.read("allow_addresses", fetch.allow_addresses);
    in.read("proxy", fetch.proxy);
    in.read("min_gap", fetch.min_gap);
    in.read("max_per_host", fetch.max_per_host, 1U);
    in.read("max_total", fetch.max_total, 1U);
    in.read("connect_timeout", fetch.connect_timeout);
    in.read("timeout", fetch.timeout);
    in.read_bytes("max_body", fetch.max_body);
    in.read("robots", fetch.robots);
  }

  TableReader reader_;
  Settings& settings_;
  Problems& problems_;
};

}  // namespace

std::string Problem::text() const {
  if (place.line == 0) return fmt::format("{}: {}", place.file.string(), message);
  return fmt::format("{}:{}: {}", place.file.string(), place.line, message);
}

ConfigError::ConfigError(std::vector<Problem> problems)
    : std::runtime_error(join_problems(problems)), problems_(std::move(problems)) {}

PluginSettings load_plugin_settings(const fs::path& file) {
  Problems ignored;
  Settings settings;
  settings.file = file;
  check_permissions(file, ignored);
  const auto root = ignored.list().empty() ? parse_file(file, ignored) : std::nullopt;
  if (root) MainFile(*root, settings, ignored).read_plugins();
  settings.plugins.disabled = read_disabled_plugins(disabled_plugins_file(file));
  return settings.plugins;
}

Addresses load_addresses(const fs::path& file) {
  Problems problems;
  Settings settings;
  settings.file = file;
  const auto root = parse_file(file, problems);
  if (!root) throw ConfigError(std::move(problems.list()));
  check_permissions(file, problems);
  MainFile(*root, settings, problems).read();
  const auto known = [&](std::string_view section, std::string_view key) {
    return (*root)[section][key].is_string() || problems.list().empty();
  };
  Addresses out;
  if (known("daemon", "control")) out.control = fs::absolute(file).parent_path() / settings.daemon.control;
  if (known("bus", "live")) out.live = settings.bus.live;
  if (known("bus", "log")) out.log = settings.bus.log;
  out.problems = std::move(problems.list());
  return out;
}

Settings load(const fs::path& file, const PluginOptions& plugins) {
  Problems problems;
  Settings settings;
  settings.file = file;
  check_permissions(file, problems);
  const auto root = problems.list().empty() ? parse_file(file, problems) : std::nullopt;
  if (root) {
    const fs::path folder = fs::absolute(file).parent_path();
    const Folders folders = MainFile(*root, settings, problems).read();
    settings.daemon.state = folder / settings.daemon.state;
    settings.daemon.control = folder / settings.daemon.control;
    for (const auto& one : toml_files(folder / folders.names)) read_names(one, settings, problems);
    settings.watchlists_folder = folder / folders.watchlists;
    WatchlistReader watchlists(settings, problems);
    for (const auto& one : toml_files_below(settings.watchlists_folder)) {
      if (const auto lists = parse_file(one, problems)) watchlists.read(*lists, one);
    }
    watchlists.finish();
    const std::size_t before = problems.list().size();
    for (const auto& one : toml_files(folder / folders.sources)) read_sources(one, plugins, settings, problems);
    if (problems.list().size() == before) check_source_limits(settings, problems);
  }
  if (!problems.list().empty()) throw ConfigError(std::move(problems.list()));
  return settings;
}

void add_watchlists(std::string_view text, const fs::path& file, Settings& settings) {
  Problems problems;
  Settings fresh = settings;
  if (const auto root = parse_text(text, file, problems)) {
    WatchlistReader reader(fresh, problems);
    reader.read(*root, file);
    reader.finish();
    check_source_limits(fresh, problems);
  }
  if (!problems.list().empty()) throw ConfigError(std::move(problems.list()));
  settings = std::move(fresh);
}

}  // namespace pw::config
