#pragma once
/// The body of a health event: presswatch.v1.Health in proto3's JSON mapping. Never an alert.

#include "bus/alert_json.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>

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

/// State of a source that is no longer configured.
inline constexpr std::string_view kRemovedState = "removed";

/// True if the body is the last event of a source.
bool is_last_health(std::string_view body);

/// "S/<source>", at most 200 bytes.
std::string health_topic(const std::string& source);

}  // namespace pw::bus
