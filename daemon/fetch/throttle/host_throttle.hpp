#pragma once
/// Queues visits per host, limits how many run at a time, and enforces pauses between them.

#include "core/result.hpp"
#include "core/time.hpp"
#include "fetch/throttle/first_visits.hpp"
#include "fetch/throttle/holds.hpp"
#include "fetch/throttle/places.hpp"
#include "fetch/throttle/visit.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace pw::fetch {

/// Owners (sources) take turns at a host, each in FIFO order; no host delays another unless all places are taken
/// (Places). While hosts wait for a first visit, a first visit without a response is aborted after `patience`; later
/// visits to that host have no such limit.
///
/// Loop thread only. Create it with std::make_shared, because slots keep it alive. An idle host is forgotten some hours
/// after its last visit.
class HostThrottle : public std::enable_shared_from_this<HostThrottle> {
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
    Slot(std::shared_ptr<HostThrottle> throttle, std::shared_ptr<Visit> visit)
        : throttle_(std::move(throttle)), visit_(std::move(visit)) {}
    Slot(Slot&& other) noexcept = default;
    Slot& operator=(Slot&& other) noexcept;
    ~Slot() { end(); }
    void end();
    [[nodiscard]] const std::string& host() const noexcept;
    /// Call this when sending a request. The function stored in the result is called to abort the request unless a
    /// response has started.
    std::function<void()>& asks();

   private:
    std::shared_ptr<HostThrottle> throttle_;
    std::shared_ptr<Visit> visit_;
  };

  HostThrottle(boost::asio::any_io_executor executor, Limits limits, const Clock& clock);
  ~HostThrottle();
  HostThrottle(const HostThrottle&) = delete;
  HostThrottle& operator=(const HostThrottle&) = delete;

  /// Waits for a slot. Errc::busy at once if the host requested a pause, of the owner or of all, that lasts longer than
  /// `kLongestWait`; Errc::cancelled if the coroutine or the whole throttle is cancelled. `urgent` requests precede
  /// others that wait for a first visit to their host.
  boost::asio::awaitable<Result<Slot>> take(std::string host, std::string owner = {}, bool urgent = false);

  /// Records whether the host answered the last visit.
  void note_answer(const std::string& host, bool answered);
  /// Restores a host's number of consecutive timeouts from before the start of the daemon.
  void restore(const std::string& host, unsigned consecutive_timeouts);
  /// Forbids visits to the host, by the owner or by all, for the duration `pause` (Holds).
  void hold(const std::string& host, const std::string& owner, Milliseconds pause, Holds::Reach reach);
  /// Drops the pauses of a removed owner, and resumes fetches that waited for their end.
  void forget_owner(const std::string& owner);
  /// Sets the host's own minimum gap (robots.txt crawl-delay); the larger of it and Limits::min_gap applies.
  void set_gap(const std::string& host, Milliseconds gap);
  void update(Limits limits);
  void cancel_all();

  [[nodiscard]] std::size_t active() const noexcept { return places_.active(); }
  [[nodiscard]] std::size_t waiting() const noexcept { return waiting_; }

  static constexpr Milliseconds kLongestWait{10'000};
  static constexpr Milliseconds kLongestHold{7LL * 24 * 3'600'000};  ///< longer pauses are cut to this

 private:
  struct Host;

  static Responsiveness responsiveness_of(const Host& host) noexcept;
  Host& host(const std::string& name);
  void pump(const std::string& name);
  void pump_at(const std::string& name, Host& at, Instant when);
  void start_visit(const std::string& name, Host& at, Waiter& waiter);
  void wait_for_place(const std::string& name, Host& at);
  void end_visit(Visit& visit);
  void end_silence();
  void forget_rested();
  [[nodiscard]] bool may_go(const std::string& name, const std::string& owner) const;
  [[nodiscard]] bool is_held_long(const std::string& name, const std::string& owner) const;
  [[nodiscard]] Instant first_release(const std::string& name, const Host& at) const;
  [[nodiscard]] Error busy(const std::string& name, const std::string& owner) const;

  boost::asio::any_io_executor executor_;
  Limits limits_;
  const Clock& clock_;
  std::unordered_map<std::string, std::unique_ptr<Host>> hosts_;
  Holds holds_;
  Places places_;
  FirstVisits first_visits_;
  boost::asio::steady_timer silence_;
  std::size_t waiting_ = 0;
  std::size_t sweep_at_ = 1024;
  bool cancelled_ = false;
};

}  // namespace pw::fetch
