#pragma once
/// Which connections a socket of libzmq has, from its monitor.

#include <functional>
#include <string>
#include <zmq.hpp>

namespace pw::bus {

/// Belongs to the thread that makes it and closes it; another may have it in between.
class SocketMonitor {
 public:
  using OnDescriptor = std::function<void(int descriptor)>;

  /// Before the socket is bound. `name` is unique in the context. Throws zmq::error_t.
  SocketMonitor(zmq::context_t& context, zmq::socket_t& socket, const std::string& name);
  ~SocketMonitor();
  SocketMonitor(const SocketMonitor&) = delete;
  SocketMonitor& operator=(const SocketMonitor&) = delete;

  /// What happened since the last call, in order.
  void read(const OnDescriptor& opened, const OnDescriptor& closed);

  [[nodiscard]] void* handle() { return monitor_.handle(); }

  /// Before the socket is closed.
  void close();

 private:
  zmq::socket_t& socket_;
  zmq::socket_t monitor_;
};

}  // namespace pw::bus
