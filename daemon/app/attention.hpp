#pragma once
/// What needs a person. Pure.

#include "app/disk.hpp"
#include "core/clock_check.hpp"
#include "core/time.hpp"
#include "pipeline/source_counts.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pw::app {

enum class Severity : std::uint8_t {
  critical,  ///< alerts are not found, stored or sent, or soon will not be
  warning,
};

struct Attention {
  Severity severity = Severity::warning;
  std::string about;   ///< "store", "bus", "disk", "clock", "sources", "configuration"
  std::string what;    ///< a sentence for people
  std::string advice;  ///< what to do about it
};

struct AttentionInput {
  std::optional<std::string> store_trouble;
  Milliseconds bus_overdue{0};
  DiskFigures disk;
  ClockCheck::State clock;
  std::optional<Milliseconds> clock_behind;  ///< compared with web servers
  pipeline::SourcesOverview sources;
  std::string reload_problem;  ///< of the last reload; empty: it succeeded
};

/// Worst first.
std::vector<Attention> needs_attention(const AttentionInput& input);

/// Why the bus does not work; nothing if it does.
std::optional<std::string> bus_trouble(Milliseconds overdue);

}  // namespace pw::app
