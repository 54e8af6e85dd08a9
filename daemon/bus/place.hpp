#pragma once
/// Where a subscriber is in the log, and what each message means for it (proto/BUS.md, section 5). No sockets.

#include "bus/frame.hpp"
#include "core/time.hpp"

#include <boost/json/fwd.hpp>

#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>

namespace pw::bus {

/// One thread. `channel` empty: the whole log.
class Place {
 public:
  Place(std::string channel, std::optional<std::uint64_t> cursor, std::optional<Time> since)
      : channel_(std::move(channel)), cursor_(cursor), since_(since) {}

  enum class Step {
    deliver,  ///< it is the next
    drop,     ///< it was dealt with, or is none of ours
    ask,      ///< something is missing or strange: the log has to be asked
  };

  /// An alert of LIVE.
  [[nodiscard]] Step judge(const Header& alert) const;
  /// True when the log has to be asked.
  [[nodiscard]] bool behind(const Header& heartbeat, const boost::json::object& body);

  /// The request that goes on from here.
  [[nodiscard]] boost::json::object request() const;
  /// What a reply to it says of the place, before its alerts are delivered. A notice for people when alerts were lost
  /// or may come again; "" when all is well.
  std::string read(const boost::json::object& reply);
  /// After the alerts of the reply were delivered.
  void finish(const boost::json::object& reply);

  /// False when its id is known: after a reset alerts come again.
  bool deliver(const Header& alert);

 private:
  [[nodiscard]] std::uint64_t number(const Header& alert) const { return channel_.empty() ? alert.seq : alert.cseq; }
  std::string reset(const boost::json::object& reply);

  std::string channel_;
  std::optional<std::uint64_t> cursor_;  ///< the last number that was dealt with
  std::optional<Time> since_;            ///< where to begin without a cursor
  std::optional<Id> anchor_;             ///< id of the alert at the cursor
  Id log_id_;
  std::uint64_t known_ = 0;   ///< global head at which the cursor was certainly at the head of what is followed
  std::optional<Time> last_;  ///< of the last alert, or when the following began, by the daemon's clock
  std::set<Id> recent_;       ///< ids of the last alerts …
  std::deque<Id> order_;      ///< … in their order
};

}  // namespace pw::bus
