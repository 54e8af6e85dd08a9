#include "cli/commands.hpp"
#include "cli/plugin/author_options.hpp"
#include "cli/plugin/conformance.hpp"
#include "cli/plugin/native_trial.hpp"
#include "cli/report.hpp"
#include "cli/verb.hpp"
#include "core/text.hpp"
#include "source/loader/loader.hpp"

#include <iostream>
#include <memory>
#include <stdexcept>

namespace pw::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kShown = 5;

/// Escapes each line of a diff but keeps the line breaks.
std::string safe_lines(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out += (at == 0 ? "     " : "       ") + printable(text.substr(at, end - at), 500) + '\n';
    at = end + 1;
  }
  return out;
}

void print(const Verdict& verdict) {
  std::cout << fmt::format("{:<4} {:<12} {}\n", verdict.failures.empty() ? "ok" : "FAIL", verdict.rule,
                           verdict.summary);
  for (std::size_t i = 0; i < std::min(verdict.failures.size(), kShown); ++i)
    std::cout << safe_lines(verdict.failures[i]);
  if (verdict.failures.size() > kShown)
    std::cout << fmt::format("     and {} more\n", verdict.failures.size() - kShown);
  std::cout << std::flush;
}

int check(const source::Plugin& plugin, const fs::path& folder, int progress_fd) {
  std::vector<RecordedCase> cases;
  for (const fs::path& one : find_cases(folder)) {
    auto recorded = read_case(one);
    if (!recorded) return report(recorded.error().message);
    cases.push_back(std::move(*recorded));
  }
  if (cases.empty()) return report("tests/ has no case to start from; `presswatch plugin record` makes one");
  const auto watch = std::make_shared<Watch>(progress_fd);
  const bool kept = Conformance(plugin, std::move(cases), watch).run(print);
  std::cout << (kept ? "it keeps to all of them\n" : "it does not keep to all of them\n") << std::flush;
  watch->progress.note(Progress::kDone);
  return kept ? kExitOk : kExitFailed;
}

/// Tests the plugin with malformed input and reports which of the daemon's rules it keeps.
int run_plugin_check(const AuthorOptions& options) {
  if (options.progress_fd < 0) {
    if (const auto manifest = native_manifest(options.folder)) return run_in_trial("check", *manifest, options);
  }
  source::Registry registry = loader::make_trial_registry();
  const auto plugin = load_folder(registry, options.folder);
  if (!plugin) return report(plugin.error().message);
  try {
    return check(**plugin, options.cases.empty() ? options.folder / "tests" : options.cases, options.progress_fd);
  } catch (const std::exception& error) {
    return report(error.what());
  }
}

}  // namespace

Run plugin_check_verb(Arguments& arguments) {
  auto in = std::make_shared<AuthorOptions>();
  take_folder(arguments, *in);
  take_cases(arguments, *in);
  return [in] { return run_plugin_check(*in); };
}

}  // namespace pw::cli
