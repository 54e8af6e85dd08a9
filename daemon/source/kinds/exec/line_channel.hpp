#pragma once
/// Lines to and from a child, with deadlines and caps. Blocks the calling thread, never past the deadline.

#include "core/result.hpp"
#include "source/kinds/exec/unique_fd.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace pw::exec {

using Deadline = std::chrono::steady_clock::time_point;

/// Owns the child's standard input (a socket), output and error (pipes). One thread at a time.
class LineChannel {
 public:
  /// `on_log` gets each line of the child's standard error, as written, at most 4 KiB of it. When `interrupt` (which
  /// outlives the channel) becomes readable, waiting ends with Errc::cancelled.
  LineChannel(UniqueFd input, UniqueFd output, UniqueFd error, int interrupt,
              std::function<void(std::string_view)> on_log);

  /// While the channel waits for the child, `check` is asked four times a second whether it may go on.
  void watch(std::function<Result<void>()> check) { check_ = std::move(check); }

  /// From here on the child may write `max_bytes` until the next call of this.
  void begin_answer(std::size_t max_bytes);

  /// Writes a line, newline included, while reading what the child says meanwhile: a child that first writes and one
  /// that first reads are both served.
  Result<void> send(std::string_view line, Deadline deadline);

  /// The next line without its newline. Errc::timeout, Errc::too_large (a line or an answer above its cap), Errc::io
  /// with "closed" when the child closed its output.
  Result<std::string> receive(Deadline deadline);

  /// True when the child has closed its output or has written something that was not asked for.
  [[nodiscard]] bool disturbed();

  /// Hands what is on standard error to on_log without waiting.
  void drain_log();

  /// Gives the child's standard input away; the channel is of no use after that.
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
  std::string received_;  ///< from begin_ on
  std::size_t begin_ = 0;
  std::size_t searched_ = 0;  ///< up to here stands no newline
  std::size_t allowed_ = 0;
  bool closed_ = false;
  std::string log_;
};

}  // namespace pw::exec
