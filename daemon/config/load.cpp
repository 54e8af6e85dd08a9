#include "config/load.hpp"

#include "config/config_files.hpp"
#include "config/disabled_plugins.hpp"
#include "config/join_watchlists.hpp"
#include "config/keys/main_keys.hpp"
#include "config/keys/read_keys.hpp"
#include "config/read_names.hpp"
#include "config/read_source.hpp"
#include "config/table_reader.hpp"
#include "config/watchlist_files.hpp"
#include "core/local_address.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <system_error>

namespace pw::config {
namespace {

namespace fs = std::filesystem;

std::string join_problems(const std::vector<Problem>& problems) {
  std::string out;
  for (const Problem& problem : problems) {
    if (!out.empty()) out += '\n';
    out += problem.text();
  }
  return out;
}

/// Checks that involve several keys, reported like those of a single key.
void check_together(TableReader& in, const ScheduleSettings& schedule) {
  if (schedule.min_interval > schedule.max_interval) in.problem("min_interval", "is above max_interval");
}

void check_together(TableReader& in, const WebSubSettings& websub) {
  if (websub.listen.empty() != websub.callback.empty()) in.problem("listen", "and callback go together");
}

void check_together(TableReader& in, const MetricsSettings& metrics) {
  if (metrics.listen.empty()) return;
  if (const auto address = parse_local_address(metrics.listen); !address) in.problem("listen", address.error().message);
}

template <class S>
void check_together(TableReader& /*in*/, const S& /*settings*/) {}

/// Reads the tables of the main file. Invalid values keep their defaults.
void read_main(const toml::table& root, MainSettings& settings, Problems& problems) {
  TableReader reader(root, "", settings.file, problems);
  each_section(settings, [&](const auto& section, auto& out) {
    const toml::table* table = reader.take_table(section.name);
    if (table == nullptr) return;
    TableReader in = reader.inner(*table, std::string(section.name));
    read_keys(in, section.keys, out);
    for (const auto& key : section.keys) {
      if (in.has(key.name)) settings.given.emplace(fmt::format("{}.{}", section.name, key.name), in.place(key.name));
    }
    check_together(in, out);
    in.finish();
  });
  reader.finish();
}

/// Relative paths are relative to the folder of the main file.
void resolve_paths(MainSettings& settings) {
  const fs::path folder = fs::absolute(settings.file).parent_path();
  for (fs::path* path : {&settings.daemon.state, &settings.daemon.control, &settings.daemon.sources,
                         &settings.daemon.watchlists, &settings.daemon.names}) {
    *path = folder / *path;
  }
  for (fs::path& directory : settings.plugins.directories) directory = folder / directory;
  if (!settings.plugins.host.empty()) settings.plugins.host = folder / settings.plugins.host;
}

/// Where the main file gives a value to the key.
std::optional<Place> named_at(const toml::table& root, const fs::path& file, std::string_view section,
                              std::string_view key) {
  const toml::node* node = root[section][key].node();
  if (node == nullptr) return std::nullopt;
  return place_at(file, node->source());
}

/// Checks what the daemon uses beside the configuration itself.
void check_used_files(ConfigFiles& files, const toml::table& root, const MainSettings& settings) {
  files.check_folder({settings.daemon.state, std::nullopt});
  const auto named = named_at(root, settings.file, "plugins", "directories");
  const auto defaults = PluginSettings{}.directories;
  for (const fs::path& directory : settings.plugins.directories) {
    // A list that adds a directory repeats the defaults.
    const bool is_default = std::ranges::find(defaults, directory) != defaults.end();
    files.check_folder({directory, is_default ? std::nullopt : named});
  }
  if (!settings.plugins.host.empty() && files.can_read(settings.plugins.host)) {
    files.check_writers(settings.plugins.host);
  }
}

/// Checks the main file and the one beside it.
void check_main_files(ConfigFiles& files, const MainSettings& settings) {
  files.trust_group_of(settings.daemon.state);
  files.check_writers(settings.file);
  files.check_holder(settings.file);
  const fs::path disabled = disabled_plugins_file(settings.file);
  std::error_code ignored;
  if (!fs::exists(fs::symlink_status(disabled, ignored))) return;
  files.check_writers(disabled);
  files.can_read(disabled);
}

}  // namespace

std::string Problem::text() const {
  std::string out = place.file.string();
  if (place.line > 0) out += fmt::format(":{}", place.line);
  if (place.column > 0) out += fmt::format(":{}", place.column);
  return out + ": " + message;
}

ConfigError::ConfigError(std::vector<Problem> problems)
    : std::runtime_error(join_problems(problems)), problems_(std::move(problems)) {}

PluginSettings load_plugin_settings(const fs::path& file) {
  Problems ignored;
  MainSettings settings;
  settings.file = file;
  const auto root = parse_file(file, ignored);
  if (root) read_main(*root, settings, ignored);
  resolve_paths(settings);
  settings.plugins.disabled = read_disabled_plugins(disabled_plugins_file(file));
  return settings.plugins;
}

MainSettings load_main(const fs::path& file) {
  Problems problems;
  MainSettings settings;
  settings.file = file;
  ConfigFiles files(problems);
  const auto root = files.can_read(file) ? parse_file(file, problems) : std::nullopt;
  if (root) read_main(*root, settings, problems);
  if (!problems.list().empty()) throw ConfigError(std::move(problems.list()));
  resolve_paths(settings);
  return settings;
}

Addresses load_addresses(const fs::path& file) {
  Problems problems;
  MainSettings settings;
  settings.file = file;
  const auto root = parse_file(file, problems);
  if (!root) throw ConfigError(std::move(problems.list()));
  read_main(*root, settings, problems);
  resolve_paths(settings);
  ConfigFiles files(problems);
  check_main_files(files, settings);
  const auto known = [&](std::string_view section, std::string_view key) {
    return (*root)[section][key].is_string() || problems.list().empty();
  };
  Addresses out;
  if (known("daemon", "control")) out.control = settings.daemon.control;
  if (known("bus", "live")) out.live = settings.bus.live;
  if (known("bus", "log")) out.log = settings.bus.log;
  if (known("daemon", "state")) out.state = settings.daemon.state;
  out.problems = std::move(problems.list());
  return out;
}

Draft read(const fs::path& file, const PluginOptions& plugins, const Reuse& reuse) {
  Problems problems;
  Settings settings;
  settings.file = file;
  ConfigFiles files(problems);
  const auto root = files.can_read(file) ? parse_file(file, problems) : std::nullopt;
  if (root) {
    read_main(*root, settings, problems);
    resolve_paths(settings);
    check_main_files(files, settings);
    check_used_files(files, *root, settings);
    const DaemonSettings& daemon = settings.daemon;
    const auto named = [&](std::string_view key) { return named_at(*root, file, "daemon", key); };
    for (const auto& one : files.toml_files({daemon.names, named("names")})) {
      if (files.can_read(one.path)) read_names(one.path, settings, problems);
    }
    read_watchlist_files(files.toml_files({daemon.watchlists, named("watchlists"), true}), reuse.before, reuse.stop,
                         settings, problems);
    const std::size_t before = problems.list().size();
    for (const auto& one : files.toml_files({daemon.sources, named("sources"), true})) {
      if (files.can_read(one.path)) read_sources(one.path, plugins, settings, problems);
    }
    if (problems.list().size() == before) check_source_limits(settings, problems);
  }
  return {std::move(settings), std::move(problems.list()), root.has_value()};
}

Settings load(const fs::path& file, const PluginOptions& plugins, const Reuse& reuse) {
  Draft draft = read(file, plugins, reuse);
  if (!draft.problems.empty()) throw ConfigError(std::move(draft.problems));
  return std::move(draft.settings);
}

void add_watchlists(std::string_view text, const fs::path& file, Settings& settings) {
  Problems problems;
  Settings fresh = settings;
  if (const auto root = parse_text(text, file, problems)) {
    WatchlistTables tables = read_watchlists(*root, file, problems);
    if (tables.group) fresh.groups.push_back(tables.group);
    WatchlistIndex index(problems);
    for (const auto& group : fresh.groups) index.add_group(group, tables.group_id_place);
    for (const auto& list : fresh.watchlists) index.add(list);
    for (WatchlistDraft& draft : tables.lists) fresh.watchlists.push_back(index.join(std::move(draft)));
    check_source_limits(fresh, problems);
  }
  if (!problems.list().empty()) throw ConfigError(std::move(problems.list()));
  settings = std::move(fresh);
}

}  // namespace pw::config
