#pragma once
/// The body of a health event: presswatch.v1.Health in proto3's JSON mapping. Never an alert.

#include "bus/alert_json.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <string>

namespace pw::bus {

struct HealthInfo {
  AlertInfo::Source source;
  std::string state, previous;
  std::string reason;  ///< for humans; one line
  Time at{}, since{}, last_ok{}, next_due{};
  int failures = 0;  ///< consecutive
  std::uint64_t polls = 0, failed = 0, items = 0;
};

std::string health_json(const HealthInfo& info);

/// "S/<source>", at most 200 bytes.
std::string health_topic(const std::string& source);

}  // namespace pw::bus
