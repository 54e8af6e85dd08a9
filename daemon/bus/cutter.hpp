#pragma once
/// Closes connections of a bus socket and logs it.

#include "bus/client_request.hpp"
#include "bus/spare_descriptor.hpp"
#include "core/time.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace pw::bus {

/// One thread, except closed().
class Cutter {
 public:
  /// `name` is the socket's name in log messages.
  explicit Cutter(std::string name) : name_(std::move(name)) {}

  /// Sets the socket's endpoint, as in ZMQ_LAST_ENDPOINT. Call before the first cut().
  void bound_to(std::string endpoint) { endpoint_ = std::move(endpoint); }

  /// Logs `why`, at most once every ten seconds. False when there was no such connection.
  bool cut(int descriptor, SteadyTime now, const std::string& why);

  /// Connections closed since the start. Any thread.
  [[nodiscard]] std::uint64_t closed() const { return closed_; }

 private:
  std::string name_;
  std::string endpoint_;
  SpareDescriptor own_;
  SteadyTime told_{};
  std::atomic<std::uint64_t> closed_ = 0;
  std::uint64_t closed_told_ = 0;  ///< value of closed_ at told_
};

/// The reason logged when there are already `most` connections.
std::string too_many_connections(std::size_t most);

}  // namespace pw::bus
