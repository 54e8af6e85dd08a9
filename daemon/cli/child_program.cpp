#include "cli/child_program.hpp"

#include "core/message_of.hpp"
#include "core/text.hpp"
#include "source/kinds/exec/argument_pointers.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <spdlog/fmt/fmt.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace pw::cli {
namespace {

std::vector<std::string> environment_with(const std::vector<std::pair<std::string, std::string>>& more) {
  std::vector<std::string> out;
  out.reserve(more.size());
  for (const auto& [name, value] : more) out.push_back(fmt::format("{}={}", name, value));
  for (char** one = environ; *one != nullptr; ++one) {
    const std::string_view name(*one, std::strcspn(*one, "="));
    bool replaced = false;
    for (const auto& pair : more) replaced = replaced || pair.first == name;
    if (!replaced) out.emplace_back(*one);
  }
  return out;
}

Result<pid_t> start(std::vector<std::string> arguments, std::vector<std::string> environment,
                    const posix_spawn_file_actions_t* actions) {
  pid_t pid = -1;
  const int error =
      ::posix_spawnp(&pid, arguments.front().c_str(), actions, nullptr, exec::argument_pointers(arguments).data(),
                     exec::argument_pointers(environment).data());
  if (error != 0) {
    return fail(Errc::io, "cannot start {}: {}", printable(arguments.front()), message_of_errno(error));
  }
  return pid;
}

Ended wait_for(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status)) return {0, WTERMSIG(status)};
  return {WEXITSTATUS(status), 0};
}

}  // namespace

Result<Ended> run_program(const std::vector<std::string>& arguments,
                          const std::vector<std::pair<std::string, std::string>>& environment) {
  const auto pid = start(arguments, environment_with(environment), nullptr);
  if (!pid) return pid.error();
  return wait_for(*pid);
}

std::string output_of(const std::vector<std::string>& arguments) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return "";
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  const auto pid = start(arguments, environment_with({}), &actions);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  std::string out;
  std::array<char, 4096> block{};
  for (ssize_t got = 0; pid && (got = ::read(ends[0], block.data(), block.size())) > 0;) {
    out.append(block.data(), static_cast<std::size_t>(got));
  }
  ::close(ends[0]);
  if (!pid || wait_for(*pid).code != 0) return "";
  return std::string(trim(out));
}

bool has_program(const std::string& name) {
  return !output_of({"/bin/sh", "-c", "command -v -- \"$1\"", "sh", name}).empty();
}

}  // namespace pw::cli
