#pragma once
/// Reads presswatch.toml and the folders sources.d, watchlists.d and names.d beside it.

#include "config/option_spec.hpp"
#include "config/settings.hpp"

#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace pw::config {

/// One thing that is wrong, as "file:line: message".
struct Problem {
  Place place;
  std::string message;
  [[nodiscard]] std::string text() const;
};

/// All that is wrong in a configuration; what() has a line for each.
class ConfigError : public std::runtime_error {
 public:
  explicit ConfigError(std::vector<Problem> problems);
  [[nodiscard]] const std::vector<Problem>& problems() const noexcept { return problems_; }

 private:
  std::vector<Problem> problems_;
};

/// What the file says of plugins and nothing else, for the plugins must be known before the rest can be checked.
/// Mistakes are left to load(): what cannot be read has its default.
PluginSettings load_plugin_settings(const std::filesystem::path& file);

/// Where the daemon of a configuration can be reached, as its main file says. An address is missing where mistakes in
/// that file leave it in doubt: it is not given as it should be, and the key with a mistake may have meant it.
struct Addresses {
  std::optional<std::filesystem::path> control;
  std::optional<std::string> live;
  std::optional<std::string> log;
  std::vector<Problem> problems;  ///< of the main file
};

/// The addresses, whatever else is wrong. Throws ConfigError when the file is not there or is not TOML.
Addresses load_addresses(const std::filesystem::path& file);

/// The settings of the file. Relative paths in it are relative to the file's folder.
/// Throws ConfigError with every problem that was found, not only the first.
Settings load(const std::filesystem::path& file, const PluginOptions& plugins);

/// Adds the watchlists and groups of a text that is to become `file`, which need not be there yet. Throws ConfigError
/// with every problem, and then the settings are as they were.
void add_watchlists(std::string_view text, const std::filesystem::path& file, Settings& settings);

}  // namespace pw::config
