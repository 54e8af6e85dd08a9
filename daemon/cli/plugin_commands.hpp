#pragma once
/// The verbs of `presswatch plugin`, a file each. Every one returns the exit code of the process.

#include <filesystem>
#include <string>

namespace CLI {
class App;
}

namespace pw::cli {

/// Adds `plugin` and its verbs to the command line; a verb that is called leaves its exit code in `code`.
void add_plugin_commands(CLI::App& app, int& code);

struct SuggestOptions {
  std::string target;  ///< a URL, or a file
  std::string url;     ///< of a file: where it would be
  std::filesystem::path config;
  std::filesystem::path output;  ///< a file that must not be there yet; empty: standard output
  bool allow_private = false;
};

/// Looks at a page and writes a first source file for it.
int run_plugin_suggest(const SuggestOptions& options);

}  // namespace pw::cli
