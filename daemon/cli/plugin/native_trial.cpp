#include "cli/plugin/native_trial.hpp"

#include "cli/child_program.hpp"
#include "cli/commands.hpp"
#include "cli/plugin/native_build.hpp"
#include "cli/plugin/watched_plugin.hpp"
#include "cli/report.hpp"
#include "cli/temporary_folder.hpp"
#include "config/load.hpp"
#include "config/table_reader.hpp"
#include "core/text.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <iostream>
#include <system_error>

namespace pw::cli {
namespace {

namespace fs = std::filesystem;

constexpr int kSanitizerExit = 86;

/// A package writable by others is refused, so the umask must not matter.
void copy_closed(const fs::path& from, const fs::path& to) {
  fs::copy_file(from, to, fs::copy_options::overwrite_existing);
  fs::permissions(to, fs::perms::group_write | fs::perms::others_write, fs::perm_options::remove);
}

Result<Built> build(const NativeManifest& manifest, const fs::path& folder, const fs::path& work) {
  const fs::path ready = folder / manifest.library;
  if (has_native_sources(folder)) {
    auto built = build_native(folder, manifest.library, work, BuildFor::tests);
    if (built || built.error().code != Errc::not_found || !fs::exists(ready)) return built;
    std::cout << "note: " << built.error().message << "; " << manifest.library << " is taken as it is\n";
  } else if (!fs::exists(ready)) {
    return fail(Errc::not_found, "{} holds neither {} nor sources of it", printable(folder.string()),
                printable(manifest.library));
  }
  return Built{ready, "", false};
}

std::vector<std::pair<std::string, std::string>> environment_of(const Built& built) {
  if (!built.sanitized) return {};
  const std::string code = "exitcode=" + std::to_string(kSanitizerExit);
  return {{"LD_PRELOAD", built.preload},
          {"ASAN_OPTIONS", code + ":detect_leaks=1:detect_stack_use_after_return=1"},
          {"UBSAN_OPTIONS", code + ":print_stacktrace=1"}};
}

std::string how_it_ended(const Ended& ended, bool sanitized) {
  if (ended.signal == SIGPROF || ended.signal == SIGALRM) return "took several times its [limits] call, and was ended";
  if (ended.signal != 0) {
    return fmt::format("crashed by signal {} ({})", ended.signal,
                       ::strsignal(ended.signal));  // NOLINT(concurrency-mt-unsafe)
  }
  if (sanitized && ended.code == kSanitizerExit) return "was ended by a sanitizer; its report stands above";
  return fmt::format("ended the process with code {}", ended.code);
}

}  // namespace

std::optional<NativeManifest> native_manifest(const fs::path& folder) {
  config::Problems problems;
  const auto root = config::parse_file(folder / "plugin.toml", problems);
  if (!root || (*root)["plugin"]["kind"].value_or(std::string{}) != "native") return std::nullopt;
  NativeManifest out{fs::weakly_canonical(fs::absolute(folder)).filename().string(),
                     (*root)["plugin"]["library"].value_or(std::string{})};
  // The code that reads the whole manifest reports its errors better.
  if (out.library.empty() || out.library.find('/') != std::string::npos) return std::nullopt;
  return out;
}

int run_in_trial(const std::string& verb, const NativeManifest& manifest, const AuthorOptions& options) {
  const TemporaryFolder work;
  const auto built = build(manifest, options.folder, work.path());
  if (!built) return report(built.error().message);
  const fs::path package = work.path() / "package" / manifest.name;
  fs::create_directories(package);
  for (const fs::path& folder : {package.parent_path(), package}) {
    fs::permissions(folder, fs::perms::group_write | fs::perms::others_write, fs::perm_options::remove);
  }
  copy_closed(options.folder / "plugin.toml", package / "plugin.toml");
  copy_closed(built->library, package / manifest.library);

  const int progress = ::memfd_create("progress", 0);
  std::vector<std::string> arguments{"/proc/self/exe",
                                     "plugin",
                                     verb,
                                     package.string(),
                                     "--cases",
                                     (options.folder / "tests").string(),
                                     "--progress-fd",
                                     std::to_string(progress)};
  if (options.update) arguments.emplace_back("--update");
  std::cout << manifest.library
            << (built->sanitized ? " is built with AddressSanitizer and UndefinedBehaviorSanitizer\n"
                                 : " is tested without sanitizers\n")
            << std::flush;
  const auto ended = run_program(arguments, environment_of(*built));
  const std::string doing = Progress::read(progress);
  ::close(progress);
  if (!ended) return report(ended.error().message);
  // A plugin that calls exit(0) has not passed.
  const bool in_order = doing == Progress::kDone || (doing.empty() && ended->code == kExitFailed);
  if (ended->signal == 0 && in_order && (ended->code == kExitOk || ended->code == kExitFailed)) return ended->code;
  std::cout << fmt::format("FAIL {}: the plugin {}\n", printable(doing.empty() ? "loading" : doing),
                           how_it_ended(*ended, built->sanitized));
  return kExitFailed;
}

}  // namespace pw::cli
