#include "core/log.hpp"
#include "core/memory.hpp"
#include "core/message_of.hpp"
#include "source/kinds/native/native_source.hpp"
#include "source/package.hpp"
#include "source/plugin_host/serve.hpp"
#include "source/sandbox/cgroup.hpp"
#include "source/sandbox/confinement.hpp"

#include <unistd.h>

#include <cerrno>
#include <exception>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr int kExitUsage = 64;       // sysexits.h
constexpr int kExitRefused = 78;     // sysexits.h: the package must not be used
constexpr int kExitNoProgram = 127;  // as in a shell

int complain(int code, std::string_view message) {
  std::cerr << "<3>" << message << '\n';
  return code;
}

int become(const pw::source::Package& package) {
  std::vector<std::string> words = package.command;
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  return complain(kExitNoProgram, package.command.front() + " cannot be started: " + pw::message_of_errno(errno));
}

int serve_library(const std::shared_ptr<const pw::source::Package>& package) {
  // Load the file itself: in the sandbox there is nowhere to put a copy.
  const auto plugin = pw::native::make_native_plugin(package, pw::native::Load::in_place);
  if (!plugin) return complain(kExitRefused, plugin.error().message);
  std::ios::sync_with_stdio(false);
  const pw::plugin_host::Lines lines{[](std::string& line) { return bool(std::getline(std::cin, line)); },
                                     [](const std::string& text) { std::cout << text << std::flush; }};
  const auto served = pw::plugin_host::serve(*plugin, *package, lines);
  return served ? 0 : complain(kExitRefused, served.error().message);
}

int run(const std::string& folder, const std::string& cgroup) {
  const auto package = pw::source::read_package(folder);
  if (!package) return complain(kExitRefused, package.error().text());
  const pw::source::Package& it = **package;
  const bool native = it.kind == pw::source::PackageKind::native;
  if (!native && it.kind != pw::source::PackageKind::exec)
    return complain(kExitRefused, "this package contains no code");

  if (auto joined = pw::sandbox::join_cgroup(cgroup); !joined) return complain(kExitRefused, joined.error().message);
  pw::sandbox::Rights rights{it.limits.memory, it.limits.cpu_seconds, it.limits.files, it.limits.processes, !native,
                             it.readable};
  rights.readable.push_back(it.folder);
  const auto counted = cgroup.empty() ? pw::sandbox::may_have_processes(rights) : pw::Result<void>{};
  if (!counted) return complain(kExitRefused, "the plugin may start processes: " + counted.error().message);
  if (auto done = pw::sandbox::confine(rights); !done) {
    return complain(kExitRefused, "the plugin cannot be sandboxed, so it is not run: " + done.error().message);
  }
  return native ? serve_library(*package) : become(it);
}

}  // namespace

// For sanitizer builds: LeakSanitizer examines the process from a second one, which a sandboxed process cannot start;
// and a crash of the plugin must terminate the child by a signal, as it does in other builds.
// NOLINTBEGIN(bugprone-reserved-identifier)
#if defined(__SANITIZE_ADDRESS__)
extern "C" const char* __asan_default_options() { return "detect_leaks=0:handle_segv=0"; }
#elif defined(__SANITIZE_THREAD__)
extern "C" const char* __tsan_default_options() { return "handle_segv=0"; }
#endif
// NOLINTEND(bugprone-reserved-identifier)

int main(int argc, char** argv) {
  pw::keep_freed_memory();
  const std::vector<std::string> words(argv + 1, argv + argc);
  const bool in_cgroup = words.size() == 3 && words[1] == "--cgroup";
  if (words.size() != 1 && !in_cgroup) {
    return complain(kExitUsage, "usage: presswatch-plugin-host FOLDER [--cgroup FOLDER]; presswatchd starts it");
  }
  try {
    pw::log::start("info", pw::log::Format::prefixed);
    return run(words[0], in_cgroup ? words[2] : "");
  } catch (const std::exception& error) {
    return complain(EXIT_FAILURE, error.what());
  }
}
