#pragma once
/// Answers LOG requests (proto/BUS.md, section 4). Maps a request to its reply; no sockets.

#include "bus/health_board.hpp"
#include "bus/recent_heads.hpp"
#include "core/log_source.hpp"
#include "core/time.hpp"

#include <string>
#include <vector>

namespace pw::bus {

/// The frames after "PWR1": JSON, then header and body of each alert.
struct Reply {
  std::vector<std::string> frames;
  bool empty = false;    ///< a replay that reached the head without results
  Milliseconds wait{0};  ///< how long the client is willing to wait for news
};

/// The frames after the client's identity and delimiter. Never throws; malformed requests get status "bad".
Reply answer(LogSource& log, const HealthBoard& health, const RecentHeads& heads,
             const std::vector<std::string>& request, Time now);

}  // namespace pw::bus
