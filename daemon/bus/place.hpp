#pragma once
/// A subscriber's position in the log and what each message means for it (proto/BUS.md, section 5). No sockets.

#include "bus/frame.hpp"
#include "core/time.hpp"

#include <boost/json/fwd.hpp>

#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>

namespace pw::bus {

/// Not thread-safe. An empty `channel` is the whole log.
class Place {
 public:
  Place(std::string channel, std::optional<std::uint64_t> cursor, std::optional<Time> since)
      : channel_(std::move(channel)), cursor_(cursor), since_(since) {}

  enum class Step {
    deliver,  ///< it is the next alert
    drop,     ///< already delivered, or of another channel
    ask,      ///< a gap or inconsistency: read the log
  };

  /// Decides what to do with a LIVE alert.
  [[nodiscard]] Step judge(const Header& alert) const;
  /// True when the log must be read.
  [[nodiscard]] bool behind(const Header& heartbeat, const boost::json::object& body);

  /// The request that continues from this position.
  [[nodiscard]] boost::json::object request() const;
  /// Updates the position from a reply, before its alerts are delivered. Returns a human-readable notice when alerts
  /// were lost or may be repeated, otherwise "".
  std::string read(const boost::json::object& reply);
  /// Call after the reply's alerts were delivered.
  void finish(const boost::json::object& reply);

  /// False when the alert was already delivered: after a reset alerts are repeated.
  bool deliver(const Header& alert);

 private:
  [[nodiscard]] std::uint64_t number(const Header& alert) const { return channel_.empty() ? alert.seq : alert.cseq; }
  std::string reset(const boost::json::object& reply);

  std::string channel_;
  std::optional<std::uint64_t> cursor_;  ///< number of the last alert delivered
  std::optional<Time> since_;            ///< where to start without a cursor
  std::optional<Id> anchor_;             ///< id of the alert at the cursor
  Id log_id_;
  std::uint64_t known_ = 0;   ///< global head at which the cursor was known to be up to date
  std::optional<Time> last_;  ///< time of the last alert, or of the start of following, by the daemon's clock
  std::set<Id> recent_;       ///< ids of the last alerts …
  std::deque<Id> order_;      ///< … in order of delivery
};

}  // namespace pw::bus
