#pragma once
/// The content of LIVE heartbeats (proto/BUS.md, section 3).

#include "bus/recent_heads.hpp"
#include "core/log_source.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pw::bus {

/// The state that a heartbeat reports.
struct Pulse {
  std::uint64_t published = 0;  ///< seq of the last alert sent; later committed ones are still in transit
  Milliseconds interval{};
  Time now;
  std::uint32_t flags = 0;
};

/// The three frames, or nullopt when the log cannot be read. `heads` covers every alert up to `pulse.published`.
std::optional<std::vector<std::string>> heartbeat_frames(LogSource& log, const RecentHeads& heads, const Pulse& pulse);

}  // namespace pw::bus
