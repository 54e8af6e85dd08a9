#pragma once
/// Closes connections of one of the bus's sockets, and says so.

#include "bus/client_request.hpp"
#include "bus/spare_descriptor.hpp"
#include "core/time.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace pw::bus {

/// One thread, but for closed().
class Cutter {
 public:
  /// `name`: of the socket, for the log.
  explicit Cutter(std::string name) : name_(std::move(name)) {}

  /// The socket's endpoint, as ZMQ_LAST_ENDPOINT has it. Before the first cut().
  void bound_to(std::string endpoint) { endpoint_ = std::move(endpoint); }

  /// `why` is for the log, which hears of it every ten seconds at most. False when there was no such connection.
  bool cut(int descriptor, SteadyTime now, const std::string& why);

  /// Since the start. Any thread.
  [[nodiscard]] std::uint64_t closed() const { return closed_; }

 private:
  std::string name_;
  std::string endpoint_;
  SpareDescriptor own_;
  SteadyTime told_{};
  std::atomic<std::uint64_t> closed_ = 0;
  std::uint64_t closed_told_ = 0;  ///< of them, before told_
};

/// What is said when there are `most` connections already.
std::string too_many_connections(std::size_t most);

}  // namespace pw::bus
