#include "cli/commands.hpp"
#include "cli/plugin/dry_run.hpp"
#include "cli/plugin/native_build.hpp"
#include "cli/plugin/native_trial.hpp"
#include "cli/plugin/plugin_case.hpp"
#include "cli/plugin/plugin_commands.hpp"
#include "cli/plugin/watched_plugin.hpp"
#include "cli/report.hpp"
#include "cli/temporary_folder.hpp"
#include "core/text.hpp"
#include "source/loader/loader.hpp"

#include <iostream>
#include <memory>
#include <stdexcept>

namespace pw::cli {
namespace {

namespace fs = std::filesystem;

/// Prints what came of one case. False when it failed.
bool play(const source::Plugin& plugin, const fs::path& folder, bool update) {
  const std::string name = folder.filename().string();
  const auto difference = play_case(plugin, folder, update);
  if (!difference) {
    std::cout << fmt::format("FAIL {}: {}\n", name, printable(difference.error().message, 2000));
  } else if (!difference->empty()) {
    std::cout << fmt::format("FAIL {}: \"-\" was expected, \"+\" is emitted now\n{}", name, *difference);
  } else {
    std::cout << fmt::format("ok   {}\n", name);
  }
  std::cout << std::flush;
  return difference && difference->empty();
}

int play_all(const source::Plugin& plugin, const fs::path& folder, const AuthorOptions& options) {
  const auto cases = find_cases(folder);
  if (cases.empty()) return report("there is no case in tests/; `presswatch plugin record` makes one");
  const auto watch = std::make_shared<Watch>(options.progress_fd);
  const source::Plugin played = watched(plugin, watch);
  int failures = 0;
  for (const fs::path& one : cases) {
    watch->label = one.filename().string();
    if (!play(played, one, options.update)) ++failures;
  }
  std::cout << fmt::format("{} cases, {} failed\n", cases.size(), failures) << std::flush;
  watch->progress.note(Progress::kDone);
  return failures == 0 ? kExitOk : kExitFailed;
}

}  // namespace

int run_plugin_test(const AuthorOptions& options) {
  if (options.progress_fd < 0) {
    if (const auto manifest = native_manifest(options.folder)) return run_in_trial("test", *manifest, options);
  }
  source::Registry registry = loader::make_trial_registry();
  const auto plugin = load_folder(registry, options.folder);
  if (!plugin) return report(plugin.error().message);
  try {
    return play_all(**plugin, options.cases.empty() ? options.folder / "tests" : options.cases, options);
  } catch (const std::exception& error) {
    return report(error.what());
  }
}

int run_plugin_build(const AuthorOptions& options) {
  const auto manifest = native_manifest(options.folder);
  if (!manifest) return report("only a package whose plugin.toml says kind = \"native\" and names a library is built");
  const TemporaryFolder work;
  const auto built = build_native(options.folder, manifest->library, work.path(), BuildFor::use);
  if (!built) return report(built.error().message);
  // Renamed, not written over: a library that is in use stays as it is.
  const fs::path library = options.folder / manifest->library;
  const fs::path fresh = options.folder / ("." + manifest->library + ".new");
  fs::copy_file(built->library, fresh, fs::copy_options::overwrite_existing);
  fs::permissions(fresh, fs::perms::group_write | fs::perms::others_write, fs::perm_options::remove);
  fs::rename(fresh, library);
  std::cout << fmt::format("built {}\n", printable(library.string()));
  return kExitOk;
}

}  // namespace pw::cli
