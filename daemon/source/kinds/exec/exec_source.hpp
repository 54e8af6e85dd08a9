#pragma once
/// A source whose plugin is a program: starts it, talks to it, ends it when it misbehaves, and starts it again in time.

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

/// Owns one child, started at the first call. Calls block until the child has answered or its deadline has passed: they
/// belong on threads that may wait. A child that crashes, hangs, writes too much or breaks the protocol is ended; the
/// call fails with Errc::plugin, and RestartPolicy says when the next one may start it again. A child that ends with
/// code 0 between two calls is no failure.
class ExecSource final : public source::Source {
 public:
  ExecSource(std::shared_ptr<const source::Package> package, config::SourceSettings settings,
             std::shared_ptr<Launcher> launcher);
  /// The child is ended in the background; does not wait for it.
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
    std::optional<std::string> refusal;  ///< the plugin's own judgement of what it was given
  };

  Result<void> ensure_running(Time now);
  Result<void> shake_hands(Time now);
  Result<Answer> call(const std::string& line, std::uint64_t id, Time now);
  Result<Answer> collect(std::uint64_t id, Deadline deadline, Time now);
  /// Ends the child and counts a failure.
  Error break_off(const Error& why);
  void end_child();
  /// A child that is near its limit of processor time makes place for a fresh one, between two calls.
  void renew_in_time();
  [[nodiscard]] Result<void> check_processes() const;
  void log_line(std::string_view line);
  /// What the child said last on its standard error, for a reason.
  [[nodiscard]] std::string last_words() const;

  std::shared_ptr<const source::Package> package_;
  config::SourceSettings settings_;
  std::shared_ptr<Launcher> launcher_;
  UniqueFd interrupt_;  ///< an eventfd, readable once interrupted
  RestartPolicy restarts_;
  std::string last_failure_;
  std::optional<Process> child_;  ///< without its descriptors, which the channel has
  std::unique_ptr<LineChannel> channel_;
  Ready ready_;
  std::uint64_t next_id_ = 1;
  int logged_ = 0;         ///< lines since the call began
  std::string last_line_;  ///< of them
};

/// A plugin whose sources are children that `launcher` starts: programs, and with isolation shared objects too.
source::Plugin make_exec_plugin(const std::shared_ptr<const source::Package>& package,
                                const std::shared_ptr<Launcher>& launcher);

}  // namespace pw::exec
