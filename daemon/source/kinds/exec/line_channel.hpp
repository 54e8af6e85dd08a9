#pragma once
/// Exchanges lines with a child process, with deadlines and limits. Blocks the calling thread, but never beyond the
/// deadline.

#include "core/result.hpp"
#include "source/kinds/exec/unique_fd.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace pw::exec {

using Deadline = std::chrono::steady_clock::time_point;

/// Owns the child's standard input (a socket), output and error (pipes). Not thread-safe.
class LineChannel {
 public:
  /// `on_log` receives each line of the child's standard error as written, up to 4 KiB of it. If `interrupt`, which
  /// must outlive the channel, becomes readable, waiting ends with Errc::cancelled.
  LineChannel(UniqueFd input, UniqueFd output, UniqueFd error, int interrupt,
              std::function<void(std::string_view)> on_log);

  /// While the channel waits, it calls `check` four times per second and stops waiting if that fails.
  void watch(std::function<Result<void>()> check) { check_ = std::move(check); }

  /// From now until the next call, the child may write `max_bytes` bytes.
  void begin_answer(std::size_t max_bytes);

  /// Writes a line, including its newline, while reading the child's output, so that it does not matter whether the
  /// child reads or writes first.
  Result<void> send(std::string_view line, Deadline deadline);

  /// The next line without its newline. Errc::timeout, Errc::too_large (line or response above its limit), Errc::io
  /// with "closed" if the child closed its output, Errc::cancelled after an interrupt.
  Result<std::string> receive(Deadline deadline);

  /// True if the child has closed its output or has written something unexpected.
  [[nodiscard]] bool disturbed();

  /// Passes pending standard error output to on_log, without waiting.
  void drain_log();

  /// Releases the child's standard input. The channel must not be used afterwards.
  UniqueFd release_input() { return std::move(input_); }

 private:
  [[nodiscard]] std::string take_line();
  Result<void> pump(Deadline deadline);
  [[nodiscard]] bool check_is_due();
  Result<void> read_output();
  void read_log();
  [[nodiscard]] bool has_line();

  UniqueFd input_, output_, error_;
  int interrupt_;
  std::function<void(std::string_view)> on_log_;
  std::function<Result<void>()> check_;
  Deadline checked_{};
  std::string_view unsent_;
  std::string received_;  ///< valid from begin_
  std::size_t begin_ = 0;
  std::size_t searched_ = 0;  ///< no newline before this index
  std::size_t allowed_ = 0;
  bool closed_ = false;
  std::string log_;
};

}  // namespace pw::exec
