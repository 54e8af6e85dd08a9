#pragma once
/// Whose turn it is: how many visits a host and the whole daemon may have at a time, and the pause between them.

#include "core/result.hpp"
#include "core/time.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>

namespace pw::fetch {

/// First come, first served per host; no host holds up another unless `max_total` visits are under way. Half of these
/// places are kept for hosts whose last visit was answered, so that many that hang do not stop the others. Loop thread
/// only; made by std::make_shared, for a turn keeps it alive. A host at rest is forgotten once its pause is over.
class HostTurns : public std::enable_shared_from_this<HostTurns> {
 public:
  struct Limits {
    unsigned max_per_host = 1;
    unsigned max_total = 64;
    Milliseconds min_gap{1'000};  ///< from the end of one visit to the start of the next: a slow host is asked less
  };

  /// One visit; over when it is destroyed.
  class Turn {
   public:
    Turn() = default;
    Turn(std::shared_ptr<HostTurns> owner, std::string host) : owner_(std::move(owner)), host_(std::move(host)) {}
    Turn(Turn&& other) noexcept : owner_(std::move(other.owner_)), host_(std::move(other.host_)) {}
    Turn& operator=(Turn&& other) noexcept;
    ~Turn() { end(); }
    void end();
    [[nodiscard]] const std::string& host() const noexcept { return host_; }

   private:
    std::shared_ptr<HostTurns> owner_;
    std::string host_;
  };

  HostTurns(boost::asio::any_io_executor executor, Limits limits, const Clock& clock);
  ~HostTurns();
  HostTurns(const HostTurns&) = delete;
  HostTurns& operator=(const HostTurns&) = delete;

  /// Waits for a turn. Errc::busy at once when the host asked for a pause that lasts longer than `kLongestWait`;
  /// Errc::cancelled when the coroutine or everything is cancelled.
  boost::asio::awaitable<Result<Turn>> take(std::string host);

  /// Whether the host answered the last time.
  void note_answer(const std::string& host, bool answered);
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
  static constexpr Milliseconds kLongestHold{7LL * 24 * 3'600'000};  ///< a longer pause is a mistake

 private:
  using Instant = std::chrono::steady_clock::time_point;
  struct Waiter;
  struct Host;

  Host& host(const std::string& name);
  void pump(const std::string& name);
  void end_turn(const std::string& name);
  [[nodiscard]] bool has_place(bool answered) const noexcept;
  void pump_first(std::deque<std::string>& queue);
  void forget_rested();
  [[nodiscard]] Milliseconds held_for(const Host& held) const;
  Error busy(const std::string& name);

  boost::asio::any_io_executor executor_;
  Limits limits_;
  const Clock& clock_;
  std::unordered_map<std::string, std::unique_ptr<Host>> hosts_;
  std::deque<std::string> crowded_out_;  ///< hosts that could go on but for max_total
  std::deque<std::string> doubtful_;     ///< the same of hosts that have not answered, which have half of the places
  std::size_t active_ = 0;
  std::size_t doubtful_active_ = 0;
  std::size_t waiting_ = 0;
  std::size_t sweep_at_ = 1024;
  bool cancelled_ = false;
};

}  // namespace pw::fetch
