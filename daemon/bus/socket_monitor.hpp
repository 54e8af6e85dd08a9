#pragma once
/// Tracks the connections of a libzmq socket through its monitor.

#include <functional>
#include <string>
#include <zmq.hpp>

namespace pw::bus {

/// Create and close it on the same thread; another thread may use it in between.
class SocketMonitor {
 public:
  using OnDescriptor = std::function<void(int descriptor)>;

  /// Call before binding the socket. `name` must be unique in the context. Throws zmq::error_t.
  SocketMonitor(zmq::context_t& context, zmq::socket_t& socket, const std::string& name);
  ~SocketMonitor();
  SocketMonitor(const SocketMonitor&) = delete;
  SocketMonitor& operator=(const SocketMonitor&) = delete;

  /// Reports the events since the last call, in order.
  void read(const OnDescriptor& opened, const OnDescriptor& closed);

  [[nodiscard]] void* handle() { return monitor_.handle(); }

  /// Call before closing the socket.
  void close();

 private:
  zmq::socket_t& socket_;
  zmq::socket_t monitor_;
};

}  // namespace pw::bus
