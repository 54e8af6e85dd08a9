#pragma once
/// Reads presswatch.toml and the folders sources.d, watchlists.d and names.d beside it. All functions block on the file
/// system.

#include "config/option_spec.hpp"
#include "config/settings.hpp"

#include <filesystem>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace pw::config {

/// One error, formatted as "file:line:column: message".
struct Problem {
  Place place;
  std::string message;
  bool missing_folder = false;  ///< of the sources, watchlists, names or plugins; commands can go on without it
  [[nodiscard]] std::string text() const;
};

/// All errors of a configuration; what() has one line for each.
class ConfigError : public std::runtime_error {
 public:
  explicit ConfigError(std::vector<Problem> problems);
  [[nodiscard]] const std::vector<Problem>& problems() const noexcept { return problems_; }

 private:
  std::vector<Problem> problems_;
};

/// Reads only the plugin settings, which are needed to load the plugins before the rest can be checked. Errors are left
/// to load(): invalid values have their defaults.
PluginSettings load_plugin_settings(const std::filesystem::path& file);

/// Where the daemon of a configuration is, from its main file: its addresses and the folder of its store. One is
/// nullopt when errors in that file make it uncertain: its own value is invalid, or a misspelled key may have been
/// meant for it.
struct Addresses {
  std::optional<std::filesystem::path> control;
  std::optional<std::string> live;
  std::optional<std::string> log;
  std::optional<std::filesystem::path> state;
  std::vector<Problem> problems;  ///< of the main file
};

/// Returns the addresses regardless of other errors. Throws ConfigError when the file is missing or is not TOML.
Addresses load_addresses(const std::filesystem::path& file);

/// The keys of the main file, with absolute paths. Throws ConfigError with every error in it.
MainSettings load_main(const std::filesystem::path& file);

/// What a load may take from the one before instead of reading and checking it again.
struct Reuse {
  const Settings* before = nullptr;  ///< nullptr: everything is read
  std::stop_token stop;              ///< makes the load give up with std::runtime_error
};

/// What a configuration says as far as it can be read, and what is wrong with it. A wrong value has its default, or is
/// left out.
struct Draft {
  Settings settings;
  std::vector<Problem> problems;
  bool has_main_file = false;  ///< the main file is there, and is TOML
};

/// Reads the whole configuration. Relative paths are relative to the file's folder. Reports every error, not only the
/// first. Throws only what a stop makes it throw.
Draft read(const std::filesystem::path& file, const PluginOptions& plugins, const Reuse& reuse = {});

/// The same for those who need all of it: throws ConfigError if there is any error.
Settings load(const std::filesystem::path& file, const PluginOptions& plugins, const Reuse& reuse = {});

/// Adds the watchlists and groups in `text`, the future content of `file`, which need not exist yet. On errors, throws
/// ConfigError with all of them and leaves the settings unchanged.
void add_watchlists(std::string_view text, const std::filesystem::path& file, Settings& settings);

}  // namespace pw::config
