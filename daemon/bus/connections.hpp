#pragma once
/// The connections of the LOG socket: how many there are, and that none fills the memory.

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

/// Follows a socket by its monitor. The thread that uses the socket uses this.
class Connections {
 public:
  /// Before the socket is bound. `name` is unique in the context; the log calls the endpoint by it. Whoever connects
  /// when there are `most` is closed. Throws zmq::error_t.
  Connections(zmq::context_t& context, zmq::socket_t& socket, const std::string& name, std::size_t most);

  /// Reads what the monitor says. The descriptors of connections that were closed since the last call.
  std::vector<int> update(SteadyTime now);

  /// A whole message of the connection was read.
  void read(int descriptor) { ledger_.read(descriptor); }

  /// Closes the connections that sent more than can be read. Looks at them only when it is time to.
  void cut_excess(SteadyTime now, bool drained);

  /// Closes one; `why` is for the log.
  void cut(int descriptor, SteadyTime now, const std::string& why);

  /// When cut_excess() must be called next, though nothing can be read; nothing while nobody is connected.
  [[nodiscard]] std::optional<SteadyTime> next_check() const;
  [[nodiscard]] void* handle() { return monitor_.handle(); }
  [[nodiscard]] std::uint64_t closed() const { return cutter_.closed(); }  ///< by cut(), since the start

  /// Before the socket is closed.
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
