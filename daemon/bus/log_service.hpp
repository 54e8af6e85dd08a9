#pragma once
/// Answers LOG requests (proto/BUS.md, section 4): a function from request to reply, without sockets.

#include "bus/health_board.hpp"
#include "bus/recent_heads.hpp"
#include "core/log_source.hpp"
#include "core/time.hpp"

#include <string>
#include <vector>

namespace pw::bus {

/// Frames behind the "PWR1": JSON, then header and body of each alert.
struct Reply {
  std::vector<std::string> frames;
  bool empty = false;    ///< a replay that reached the head with nothing to give
  Milliseconds wait{0};  ///< how long the client would wait for something newer
};

/// The frames behind the client's identity and delimiter. Never throws; malformed requests get status "bad".
Reply answer(LogSource& log, const HealthBoard& health, const RecentHeads& heads,
             const std::vector<std::string>& request, Time now);

}  // namespace pw::bus
