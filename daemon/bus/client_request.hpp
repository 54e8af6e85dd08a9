#pragma once
/// A LOG request as received, before it is parsed.

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace pw::bus {

using SteadyTime = std::chrono::steady_clock::time_point;

struct ClientRequest {
  std::string client;                      ///< routing id assigned by ROUTER
  bool delimited = false;                  ///< sent with REQ's empty delimiter frame, which the reply mirrors
  std::vector<std::string> frames;         ///< after the delimiter
  int descriptor = -1;                     ///< of the connection; -1: unknown
  std::optional<SteadyTime> wait_until{};  ///< for a long poll: when it is answered even without news

  [[nodiscard]] std::size_t bytes() const {
    std::size_t sum = client.size();
    for (const std::string& frame : frames) sum += frame.size();
    return sum;
  }
};

}  // namespace pw::bus
