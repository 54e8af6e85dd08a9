#include "bus/frame.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

/// Input: the header of a message, as received by a subscriber.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  const auto header = pw::bus::decode(bytes);
  if (header && pw::bus::encode(*header) != bytes.substr(0, pw::bus::kHeaderSize)) __builtin_trap();
  return 0;
}
