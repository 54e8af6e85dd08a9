#pragma once
/// Watches the connections of the LIVE socket: how many there are, and that none fills the memory.

#include "bus/client_request.hpp"
#include "bus/cutter.hpp"
#include "bus/event_fd.hpp"
#include "bus/live_input.hpp"
#include "bus/socket_monitor.hpp"
#include "core/mutex.hpp"
#include "core/time.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>
#include <zmq.hpp>

namespace pw::bus {

/// Owns a thread. While a client sends subscriptions, XPUB reads them and the thread that uses the socket is stuck in
/// it; so another one counts the bytes as they come, and closes the connection in time. The socket's thread calls this.
class LiveGuard {
 public:
  /// Before the socket is bound. Whoever connects when there are `most` is closed. Throws zmq::error_t and
  /// std::runtime_error.
  LiveGuard(zmq::context_t& context, zmq::socket_t& socket, std::size_t most, const Clock& clock);
  ~LiveGuard();
  LiveGuard(const LiveGuard&) = delete;
  LiveGuard& operator=(const LiveGuard&) = delete;

  /// Once the socket is bound.
  void start();

  /// Connections that were made or have ended since the last call, in order.
  std::vector<int> changed();
  /// So many bytes of a client's messages were read.
  void read(int descriptor, std::size_t bytes);
  /// Closes one; `why` is for the log.
  void cut(int descriptor, std::string why);

  /// Since the start. Any thread.
  [[nodiscard]] std::uint64_t closed() const { return cutter_.closed(); }

  /// Before the socket is closed.
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
  int epoll_;  ///< tells of connections that something came from
  EventFd wake_;

  Mutex mutex_;
  bool stopping_ PW_GUARDED_BY(mutex_) = false;
  std::vector<int> changed_ PW_GUARDED_BY(mutex_);
  std::map<int, std::size_t> read_ PW_GUARDED_BY(mutex_);
  std::vector<std::pair<int, std::string>> cuts_ PW_GUARDED_BY(mutex_);

  std::thread thread_;
};

}  // namespace pw::bus
