#include "bus/alert_publisher.hpp"

#include "bus/alert_json.hpp"
#include "bus/frame.hpp"
#include "bus/sockets.hpp"
#include "core/log.hpp"

#include <string>

namespace pw::bus {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kPage = 500;
constexpr std::size_t kPageBytes = std::size_t{1} << 20U;
constexpr std::size_t kAlertsAtOnce = 500;  // per call of publish()
constexpr Milliseconds kReadAgain = 1s;     // retry interval while the log cannot be read

}  // namespace

bool AlertPublisher::publish() {
  const std::uint64_t before = published_;
  if (!outbox_.take(outgoing_)) behind_ = true;
  if (behind_) publish_page();
  for (std::size_t left = kAlertsAtOnce; !behind_ && !outgoing_.empty() && left > 0; --left) {
    const StoredAlert& alert = outgoing_.front();
    behind_ = alert.seq > published_ + 1;
    if (behind_) break;
    if (alert.seq == published_ + 1) send_alert(alert);
    outgoing_.pop_front();
  }
  return published_ != before;
}

std::optional<SteadyTime> AlertPublisher::next() const {
  if (!outgoing_.empty()) return SteadyTime{};
  return behind_ ? std::optional(read_again_) : std::nullopt;
}

/// Publishes the alerts in the log after the last one sent: needed after a crash between commit and publication, and
/// when more alerts arrived at once than the queue holds.
void AlertPublisher::publish_page() {
  // All of them are committed, so they are in the log.
  outgoing_.clear();
  if (clock_.steady() < read_again_) return;
  const auto page = log_.page(std::nullopt, published_, std::nullopt, kPage, kPageBytes);
  if (!page) {
    if (read_again_ == SteadyTime{})
      log::say("bus-log-unreadable", "the bus cannot read the log: {}", page.error().message);
    read_again_ = clock_.steady() + kReadAgain;
    return;
  }
  read_again_ = {};
  for (const StoredAlert& alert : page->alerts) send_alert(alert);
  behind_ = page->more;
}

void AlertPublisher::send_alert(const StoredAlert& alert) {
  const Time now = clock_.now();
  const std::string body = complete_body(alert.body, alert.time, now);
  // At its high-water mark XPUB drops messages to a subscriber, which then detects the gap and reads the log.
  send(live_, {topic_of(alert), encode(header_of(alert, log_id())), body});
  heads_.put(alert.channel, alert.seq, alert.cseq);
  published_ = alert.seq;
  ++sent_;
  sent_after_.note(now - alert.time);
}

Id AlertPublisher::log_id() {
  if (log_id_ == Id{}) {
    if (const auto head = log_.head()) log_id_ = head->log_id;
  }
  return log_id_;
}

}  // namespace pw::bus
