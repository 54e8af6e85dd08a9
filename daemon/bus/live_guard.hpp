#pragma once
/// The connections of the LIVE socket: limits their number and the memory their input takes.

#include "bus/client_request.hpp"
#include "bus/cutter.hpp"
#include "bus/event_fd.hpp"
#include "bus/live_input.hpp"
#include "bus/socket_monitor.hpp"
#include "core/mutex.hpp"
#include "core/service_thread.hpp"
#include "core/time.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>
#include <zmq.hpp>

namespace pw::bus {

/// Owns a thread. While a client floods XPUB with subscriptions, the socket's own thread is stuck reading them, so a
/// second thread counts incoming bytes and closes the connection in time. Its methods are called on the socket's
/// thread.
class LiveGuard {
 public:
  /// Call before binding the socket. Connections beyond `most` are closed. Throws zmq::error_t and std::runtime_error.
  LiveGuard(zmq::context_t& context, zmq::socket_t& socket, std::size_t most, const Clock& clock);
  ~LiveGuard();
  LiveGuard(const LiveGuard&) = delete;
  LiveGuard& operator=(const LiveGuard&) = delete;

  /// Call once the socket is bound.
  void start();

  /// Connections closed since the last call, in order.
  std::vector<int> closed_since();
  /// Call when `bytes` of a client's messages were read.
  void read(int descriptor, std::size_t bytes);
  /// Closes one connection; `why` is logged.
  void cut(int descriptor, std::string why);

  /// Connections closed since the start. Any thread.
  [[nodiscard]] std::uint64_t closed() const { return cutter_.closed(); }
  /// Open connections. Any thread.
  [[nodiscard]] std::size_t connections() const { return connections_; }

  /// Call before closing the socket.
  void close();

 private:
  void run();
  void turn();
  void follow_monitor();
  void take_orders();
  void look_at_input();
  void look_at(int descriptor);

  zmq::socket_t& socket_;
  std::size_t most_;
  const Clock& clock_;
  SocketMonitor monitor_;
  Cutter cutter_{"LIVE"};
  LiveInput input_;
  int epoll_;  ///< reports connections with new input
  EventFd wake_;
  std::atomic<std::size_t> connections_ = 0;

  Mutex mutex_;
  bool stopping_ PW_GUARDED_BY(mutex_) = false;
  std::vector<int> closed_ PW_GUARDED_BY(mutex_);
  std::map<int, std::size_t> read_ PW_GUARDED_BY(mutex_);
  std::vector<std::pair<int, std::string>> cuts_ PW_GUARDED_BY(mutex_);

  ServiceThread thread_;
};

}  // namespace pw::bus
