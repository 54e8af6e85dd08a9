#pragma once
/// Kernel state of a connection that libzmq owns, by descriptor. Safe to call with a descriptor that was closed or
/// reused.

#include "bus/spare_descriptor.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace pw::bus {

/// Bytes received from the peer; nullopt when the descriptor is closed or the kernel does not count them (ipc).
std::optional<std::uint64_t> bytes_received(int descriptor) noexcept;

/// Received bytes that libzmq has already read from the kernel.
std::optional<std::uint64_t> bytes_taken_in(int descriptor) noexcept;

/// Bytes in the kernel's send queue that the peer has not accepted yet.
std::size_t bytes_unsent(int descriptor) noexcept;

/// Shuts the connection down, whereupon libzmq frees its state. Returns false and does nothing unless the descriptor is
/// a connection to `endpoint` (as in ZMQ_LAST_ENDPOINT). `own` provides the descriptor used for the check.
bool shut_down(int descriptor, const std::string& endpoint, SpareDescriptor& own) noexcept;

}  // namespace pw::bus
