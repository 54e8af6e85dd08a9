#pragma once
/// A source whose plugin is a program. Starts the child process, communicates with it, terminates it if it misbehaves,
/// and restarts it later.

#include "core/time.hpp"
#include "source/kinds/exec/launcher.hpp"
#include "source/kinds/exec/line_channel.hpp"
#include "source/kinds/exec/messages.hpp"
#include "source/kinds/exec/restart_policy.hpp"
#include "source/plugin.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace pw::exec {

/// Owns one child process, started on the first call. Calls block until the child has replied or the deadline has
/// passed, so they belong on threads that may wait. Not thread-safe, except for interrupt(). A child that crashes,
/// hangs, writes too much or violates the protocol is terminated; the call then fails with Errc::plugin, and
/// RestartPolicy determines when a later call may restart it. A child that exits with code 0 between two calls is not a
/// failure.
class ExecSource final : public source::Source {
 public:
  ExecSource(std::shared_ptr<const source::Package> package, config::SourceSettings settings,
             std::shared_ptr<Launcher> launcher);
  /// Terminates the child in the background, without waiting for it.
  ~ExecSource() override;
  ExecSource(const ExecSource&) = delete;
  ExecSource& operator=(const ExecSource&) = delete;

  Result<source::Emitted> poll(const source::PollInput& input) override;
  Result<source::Emitted> parse(const source::ParseInput& input) override;
  Result<std::optional<Article>> extract(const source::PageInput& input) override;
  void stored(std::string_view cursor) override;
  void interrupt() noexcept override;

 private:
  struct Answer {
    source::Emitted emitted;
    std::optional<Article> article;
    std::optional<std::string> refusal;  ///< the plugin's own reason for rejecting its input
  };

  Result<void> ensure_running(Time now);
  Result<void> shake_hands(Time now);
  Result<Answer> call(const std::string& line, std::uint64_t id, Time now);
  Result<Answer> collect(std::uint64_t id, Deadline deadline, Time now);
  /// Terminates the child and counts a failure.
  Error break_off(const Error& why);
  void end_child();
  /// Terminates a child that is close to its CPU time limit, between two calls, so that the next one starts fresh.
  void renew_in_time();
  [[nodiscard]] Result<void> check_processes() const;
  void log_line(std::string_view line);
  /// The last line the child wrote to standard error, to be added to a reason.
  [[nodiscard]] std::string last_words() const;

  std::shared_ptr<const source::Package> package_;
  config::SourceSettings settings_;
  std::shared_ptr<Launcher> launcher_;
  UniqueFd interrupt_;  ///< an eventfd, readable after interrupt()
  RestartPolicy restarts_;
  std::string last_failure_;
  std::optional<Process> child_;  ///< without its descriptors, which the channel owns
  std::unique_ptr<LineChannel> channel_;
  Ready ready_;
  std::uint64_t next_id_ = 1;
  int logged_ = 0;         ///< lines logged during the current call
  std::string last_line_;  ///< the last of these lines
};

/// Creates a plugin whose sources are child processes started by `launcher`: programs and, with isolation, also shared
/// objects.
source::Plugin make_exec_plugin(const std::shared_ptr<const source::Package>& package,
                                const std::shared_ptr<Launcher>& launcher);

}  // namespace pw::exec
