#pragma once
/// Queues visits per host, limits how many run at a time, and enforces pauses between them.

#include "core/result.hpp"
#include "core/time.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace pw::fetch {

/// First come, first served per host; no host holds up another unless `max_total` visits are under way. Half of these
/// places are kept for hosts whose last visit was answered, and of the others half for hosts that were never visited,
/// so that many that hang stop neither. Who has been silent more often in a row waits behind who has been less. While
/// hosts wait for their first visit, a first visit that hears nothing is over after `patience`; later ones of that host
/// have all the time they need.
///
/// Loop thread only. Create it with std::make_shared, because slots keep it alive. An idle host is forgotten some hours
/// after its last visit.
class HostThrottle : public std::enable_shared_from_this<HostThrottle> {
 private:
  struct Visit;

 public:
  struct Limits {
    unsigned max_per_host = 1;
    unsigned max_total = 64;
    Milliseconds min_gap{1'000};  ///< from the end of one visit to the start of the next, so a slow host is visited
                                  ///< less often
    Milliseconds patience{2'000};
  };

  /// One visit. It ends when the slot is destroyed.
  class Slot {
   public:
    Slot() = default;
    Slot(std::shared_ptr<HostThrottle> owner, std::shared_ptr<Visit> visit)
        : owner_(std::move(owner)), visit_(std::move(visit)) {}
    Slot(Slot&& other) noexcept = default;
    Slot& operator=(Slot&& other) noexcept;
    ~Slot() { end(); }
    void end();
    [[nodiscard]] const std::string& host() const noexcept;
    /// Call this when sending a request. The function stored in the result is called to abort the request unless a
    /// response has started.
    std::function<void()>& asks();

   private:
    std::shared_ptr<HostThrottle> owner_;
    std::shared_ptr<Visit> visit_;
  };

  HostThrottle(boost::asio::any_io_executor executor, Limits limits, const Clock& clock);
  ~HostThrottle();
  HostThrottle(const HostThrottle&) = delete;
  HostThrottle& operator=(const HostThrottle&) = delete;

  /// Waits for a turn. Errc::busy at once when the host asked for a pause that lasts longer than `kLongestWait`;
  /// Errc::cancelled when the coroutine or everything is cancelled. The urgent go before others that wait for the first
  /// visit to their host.
  boost::asio::awaitable<Result<Slot>> take(std::string host, bool urgent = false);

  /// Records whether the host answered the last visit.
  void note_answer(const std::string& host, bool answered);
  /// Restores the number of consecutive timeouts of a host from before the start of the daemon.
  void recall(const std::string& host, unsigned consecutive_timeouts);
  /// No visit to the host before `pause` is over; a longer hold stays.
  void hold(const std::string& host, Milliseconds pause);
  /// The host's own least gap (robots.txt crawl-delay); the greater of it and the limit counts.
  void set_gap(const std::string& host, Milliseconds gap);
  void update(Limits limits);
  void cancel_all();

  [[nodiscard]] std::size_t active() const noexcept { return active_; }
  [[nodiscard]] std::size_t waiting() const noexcept { return waiting_; }
  [[nodiscard]] std::size_t hosts() const noexcept { return hosts_.size(); }

  static constexpr Milliseconds kLongestWait{10'000};
  static constexpr Milliseconds kLongestHold{7LL * 24 * 3'600'000};  ///< longer requests are limited to this

 private:
  using Instant = std::chrono::steady_clock::time_point;
  enum class Standing { answers, untried, silent };
  struct Waiter;
  struct Host;
  /// A host that could go on but for the limits; ordered by who goes first.
  struct WaitQueue {
    unsigned consecutive_timeouts;
    bool may_wait;
    std::uint64_t arrival;
    std::string host;
    auto operator<=>(const WaitQueue&) const = default;
  };

  static Standing standing_of(const Host& host) noexcept;
  Host& host(const std::string& name);
  void pump(const std::string& name);
  void crowd_out(const std::string& name, Host& at);
  void end_visit(Visit& visit);
  void end_silence();
  [[nodiscard]] unsigned active_as(Standing standing) const noexcept;
  [[nodiscard]] bool has_place(Standing standing) const noexcept;
  void pump_first(std::set<WaitQueue>& queue);
  void forget_rested();
  [[nodiscard]] Milliseconds held_for(const Host& held) const;
  Error busy(const std::string& name);

  boost::asio::any_io_executor executor_;
  Limits limits_;
  const Clock& clock_;
  std::unordered_map<std::string, std::unique_ptr<Host>> hosts_;
  std::set<WaitQueue> crowded_out_;  ///< by max_total
  std::set<WaitQueue> unproven_;     ///< that have not answered, by their share of the places
  std::vector<std::shared_ptr<Visit>> first_visits_;
  boost::asio::steady_timer silence_;
  std::array<unsigned, 3> active_as_{};  ///< by the standing at the visit's start
  std::size_t active_ = 0;
  std::size_t waiting_ = 0;
  std::uint64_t arrivals_ = 0;
  std::size_t sweep_at_ = 1024;
  bool cancelled_ = false;
};

}  // namespace pw::fetch
