#include "cli/commands.hpp"
#include "cli/plugin/author_options.hpp"
#include "cli/plugin/dry_run.hpp"
#include "cli/plugin/native_build.hpp"
#include "cli/plugin/native_trial.hpp"
#include "cli/plugin/plugin_case.hpp"
#include "cli/plugin/watched_plugin.hpp"
#include "cli/report.hpp"
#include "cli/temporary_folder.hpp"
#include "cli/verb.hpp"
#include "core/text.hpp"
#include "source/loader/loader.hpp"

#include <iostream>
#include <memory>
#include <stdexcept>

namespace pw::cli {
namespace {

namespace fs = std::filesystem;

/// Prints the result of one case. False if it failed.
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
  if (cases.empty()) return report("tests/ has no case; `presswatch plugin record` makes one");
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

/// Replays every case without a network and prints differences.
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

}  // namespace

Run plugin_test_verb(Arguments& arguments) {
  auto in = std::make_shared<AuthorOptions>();
  take_folder(arguments, *in);
  arguments.add("--update", &in->update, "make the current output the expected output");
  take_cases(arguments, *in);
  return [in] { return run_plugin_test(*in); };
}

}  // namespace pw::cli
