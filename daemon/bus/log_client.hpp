#pragma once
/// Asks the daemon's LOG endpoint, for the subscriber. Also the helpers that its sockets share.

#include "bus/subscriber.hpp"
#include "core/time.hpp"

#include <boost/json/object.hpp>

#include <atomic>
#include <optional>
#include <string>
#include <utility>
#include <vector>
#include <zmq.hpp>

namespace pw::bus {

/// How often a waiting subscriber looks whether it is to stop.
inline constexpr Milliseconds kSubscriberTick{200};

/// The parts of the next message; none if there is no message. Never blocks.
std::vector<zmq::message_t> receive_parts(zmq::socket_t& socket);

/// Waits until the socket is readable. A signal ends the wait early.
bool wait_readable(zmq::socket_t& socket, Milliseconds wait);

/// A reply of LOG.
struct LogReply {
  boost::json::object head;
  std::vector<Delivery> alerts;
};

/// One thread. `context` and `stopping` must outlive it.
class LogClient {
 public:
  LogClient(zmq::context_t& context, std::string endpoint, const std::atomic<bool>& stopping)
      : context_(context), endpoint_(std::move(endpoint)), stopping_(stopping) {}

  /// nullopt when no reply comes within five seconds, when it is not one of LOG, or when the subscriber stops.
  std::optional<LogReply> ask(const boost::json::object& request);

 private:
  zmq::context_t& context_;
  std::string endpoint_;
  const std::atomic<bool>& stopping_;
};

}  // namespace pw::bus
