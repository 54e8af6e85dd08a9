#pragma once
/// The connections of one of the bus's sockets: which there are, and that none fills the memory.

#include "bus/client_request.hpp"
#include "bus/input_ledger.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>
#include <zmq.hpp>

namespace pw::bus {

/// Follows a socket by its monitor. The thread that uses the socket uses this.
class Connections {
 public:
  /// Before the socket is bound. `name` is unique in the context; the log calls the endpoint by it. Throws
  /// zmq::error_t.
  Connections(zmq::context_t& context, zmq::socket_t& socket, std::string name);
  ~Connections();
  Connections(const Connections&) = delete;
  Connections& operator=(const Connections&) = delete;

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
  [[nodiscard]] std::uint64_t closed() const { return closed_; }  ///< by cut(), since the start

  /// Before the socket is closed.
  void close();

 private:
  zmq::socket_t& socket_;
  zmq::socket_t monitor_;
  std::string name_;
  std::string endpoint_;
  InputLedger ledger_;
  SteadyTime checked_{};
  SteadyTime told_{};
  std::uint64_t closed_ = 0;
  std::uint64_t closed_told_ = 0;  ///< of them, before told_
};

}  // namespace pw::bus
