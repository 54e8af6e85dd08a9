#pragma once
/// Measures how long the event loop is kept from its work.

#include "core/histogram.hpp"
#include "core/time.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>

namespace pw::runtime {

/// A time during which the loop ran nothing of what was due.
struct Stall {
  Milliseconds lasted{0};
  /// How much of it was CPU time of the loop's thread. Little of it means that the thread waited: for the disk, or for
  /// a core of a busy machine.
  Milliseconds cpu{0};
};

/// The longest stall since the start, and of the last minutes. Not thread-safe.
class StallRecord {
 public:
  using Instant = std::chrono::steady_clock::time_point;

  /// Logs a stall of a second or more, unless there was a longer one within the same minute.
  void note(const Stall& one, Instant now);

  [[nodiscard]] Stall longest() const { return longest_; }
  /// The most CPU time within one stall, which need not be the longest one.
  [[nodiscard]] Milliseconds most_cpu() const { return most_cpu_; }
  /// The longest of the current and the previous minute.
  [[nodiscard]] Stall recent(Instant now) const;

 private:
  void turn(Instant now);

  Stall longest_;
  Milliseconds most_cpu_{0};
  Stall this_minute_;
  Stall last_minute_;
  Instant minute_begun_{};
};

/// Lets a timer expire every kPeriod and records how late it is served, so a stall is measured to within kPeriod. Loop
/// thread only; must outlive run().
class LoopStalls {
 public:
  static constexpr Milliseconds kPeriod{10};

  explicit LoopStalls(const boost::asio::any_io_executor& loop) : timer_(loop) {}

  /// Measures until stop().
  boost::asio::awaitable<void> run();
  void stop();

  [[nodiscard]] Stall longest() const { return record_.longest(); }
  [[nodiscard]] Milliseconds most_cpu() const { return record_.most_cpu(); }
  /// How late each expiry of the timer was served.
  [[nodiscard]] Distribution lateness() const { return lateness_.read(); }
  [[nodiscard]] Stall recent() const { return record_.recent(std::chrono::steady_clock::now()); }

 private:
  StallRecord record_;
  TimeHistogram lateness_;
  boost::asio::steady_timer timer_;
  bool stopped_ = false;
};

}  // namespace pw::runtime
