#pragma once
/// The connections of the LOG socket: limits their number and the memory their input takes.

#include "bus/client_request.hpp"
#include "bus/cutter.hpp"
#include "bus/input_ledger.hpp"
#include "bus/socket_monitor.hpp"
#include "core/time.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>
#include <zmq.hpp>

namespace pw::bus {

/// Tracks a socket's connections through its monitor. Use only on the socket's thread.
class Connections {
 public:
  /// Call before binding the socket. `name` must be unique in the context and names the endpoint in log messages.
  /// Connections beyond `most` are closed. Throws zmq::error_t.
  Connections(zmq::context_t& context, zmq::socket_t& socket, const std::string& name, std::size_t most);

  /// Processes monitor events. Returns the descriptors of connections closed since the last call.
  std::vector<int> update(SteadyTime now);

  /// Call when a whole message of the connection was read.
  void read(int descriptor) { ledger_.read(descriptor); }

  /// Closes connections with too much unread input. Cheap until the next check is due.
  void cut_excess(SteadyTime now, bool drained);

  /// Closes one connection; `why` is logged.
  void cut(int descriptor, SteadyTime now, const std::string& why);

  /// When cut_excess() must be called next even without input; nullopt while there are no connections.
  [[nodiscard]] std::optional<SteadyTime> next_check() const;
  [[nodiscard]] void* handle() { return monitor_.handle(); }
  [[nodiscard]] std::size_t size() const { return ledger_.size(); }
  [[nodiscard]] std::uint64_t closed() const { return cutter_.closed(); }  ///< closed by cut() since the start

  /// Call before closing the socket.
  void close() { monitor_.close(); }

 private:
  zmq::socket_t& socket_;
  SocketMonitor monitor_;
  Cutter cutter_;
  bool bound_ = false;
  std::size_t most_;
  InputLedger ledger_;
  SteadyTime checked_{};
};

}  // namespace pw::bus
