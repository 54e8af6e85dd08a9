#pragma once
/// Sends alerts on LIVE.

#include "bus/client_request.hpp"
#include "bus/outbox.hpp"
#include "bus/recent_heads.hpp"
#include "core/histogram.hpp"
#include "core/id.hpp"
#include "core/log_source.hpp"
#include "core/time.hpp"

#include <atomic>
#include <cstdint>
#include <deque>
#include <optional>
#include <zmq.hpp>

namespace pw::bus {

/// Sends alerts in seq order without gaps: posted ones first, missing ones from the log. Bus thread only, unless noted
/// otherwise; the arguments of the constructor must outlive it.
class AlertPublisher {
 public:
  /// Alerts up to the seq `published` were sent before.
  AlertPublisher(zmq::socket_t& live, LogSource& log, Outbox& outbox, std::uint64_t published, const Clock& clock)
      : live_(live), log_(log), outbox_(outbox), clock_(clock), heads_(published), published_(published) {}

  /// Sends the next alerts, a limited number of them. True if there were any.
  bool publish();
  /// Call when messages may have been lost; they are read from the log.
  void fall_behind() { behind_ = true; }

  /// False while alerts wait to be sent, as far as is known.
  [[nodiscard]] bool done() const { return !behind_ && outgoing_.empty(); }
  /// When publish() is due even if nothing is posted.
  [[nodiscard]] std::optional<SteadyTime> next() const;

  /// All zero while the log cannot be read.
  Id log_id();
  [[nodiscard]] const RecentHeads& heads() const { return heads_; }
  /// The seq of the last alert sent. Any thread.
  [[nodiscard]] std::uint64_t published() const { return published_; }
  /// The number of alerts sent. Any thread.
  [[nodiscard]] std::uint64_t sent() const { return sent_; }
  /// The time from the commit of each alert until it was sent. Any thread.
  [[nodiscard]] Distribution sent_after() const { return sent_after_.read(); }

 private:
  void publish_page();
  void send_alert(const StoredAlert& alert);

  zmq::socket_t& live_;
  LogSource& log_;
  Outbox& outbox_;
  const Clock& clock_;
  RecentHeads heads_;
  std::deque<StoredAlert> outgoing_;
  std::atomic<std::uint64_t> published_;
  std::atomic<std::uint64_t> sent_ = 0;
  TimeHistogram sent_after_;
  bool behind_ = true;       ///< the log may hold alerts that were neither posted nor sent
  SteadyTime read_again_{};  ///< retry time after the log could not be read, else zero
  Id log_id_;
};

}  // namespace pw::bus
