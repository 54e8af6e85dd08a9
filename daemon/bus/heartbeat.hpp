#pragma once
/// What a heartbeat on LIVE says (proto/BUS.md, section 3).

#include "bus/recent_heads.hpp"
#include "core/log_source.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pw::bus {

struct Pulse {
  std::uint64_t published = 0;  ///< seq of the last alert that was sent: what is only committed is on its way
  Milliseconds interval{};
  Time now;
  std::uint32_t flags = 0;
};

/// The three frames, or nothing when the log cannot be read. `heads` knows every alert up to `pulse.published`.
std::optional<std::vector<std::string>> heartbeat_frames(LogSource& log, const RecentHeads& heads, const Pulse& pulse);

}  // namespace pw::bus
