#pragma once
/// What the kernel knows of a connection that libzmq owns, by its descriptor. A descriptor that was closed, or is
/// another file by now, does no harm.

#include "bus/spare_descriptor.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace pw::bus {

/// Bytes that the peer has sent; nothing when the kernel does not count them (ipc) or the descriptor is closed.
std::optional<std::uint64_t> bytes_received(int descriptor) noexcept;

/// Those of them that libzmq has taken in.
std::optional<std::uint64_t> bytes_taken_in(int descriptor) noexcept;

/// Bytes that libzmq has handed to the kernel and the peer's side has not taken yet.
std::size_t bytes_unsent(int descriptor) noexcept;

/// Ends the connection, and libzmq then frees what it holds for it. Does nothing, and says so, unless the descriptor is
/// a connection that was made to `endpoint`, as ZMQ_LAST_ENDPOINT has it. `own` is what it looks at it with.
bool shut_down(int descriptor, const std::string& endpoint, SpareDescriptor& own) noexcept;

}  // namespace pw::bus
