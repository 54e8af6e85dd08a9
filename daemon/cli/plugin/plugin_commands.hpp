#pragma once
/// The verbs of `presswatch plugin`, a file each. Every one returns the exit code of the process.

#include <filesystem>
#include <string>
#include <vector>

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

struct AuthorOptions {
  std::filesystem::path folder;
  std::string url;               ///< the option "url", where the plugin has one
  std::vector<std::string> set;  ///< options as NAME=VALUE
  std::string name = "first";    ///< of a recorded case
  bool update = false;           ///< what is emitted now becomes what is expected
  bool allow_private = false;
  bool json = false;
  std::filesystem::path cases;  ///< where the cases are; empty: in the folder's tests/
  int progress_fd = -1;         ///< this is the child of run_in_trial(), which reads there what it is doing
};

/// One turn with the network, every emitted value explained; nothing is stored.
int run_plugin_run(const AuthorOptions& options);
/// The same, and the answers and the result become a test case.
int run_plugin_record(const AuthorOptions& options);
/// Plays every case back without a network and shows what differs.
int run_plugin_test(const AuthorOptions& options);
/// Tries the plugin with everything that can go wrong, and says which of the daemon's rules it keeps.
int run_plugin_check(const AuthorOptions& options);
/// Compiles a native package's sources into the library that its manifest names.
int run_plugin_build(const AuthorOptions& options);

/// The plugins that the configuration gives; with a name that one with its options.
int run_plugin_list(const std::filesystem::path& config, const std::string& name);

/// Switches a package on or off for the daemon of this configuration, and has it reload where it runs.
int run_plugin_switch(const std::filesystem::path& config, const std::string& name, bool enabled);

struct NewOptions {
  std::filesystem::path folder;  ///< its last component is the name
  std::string language = "toml";
};

/// A package that passes its test at once.
int run_plugin_new(const NewOptions& options);

}  // namespace pw::cli
