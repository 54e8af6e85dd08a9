#pragma once
/// Points in time, and a clock interface that tests can replace.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pw {

using Milliseconds = std::chrono::milliseconds;

/// UTC, in milliseconds since the Unix epoch, without leap seconds.
using Time = std::chrono::sys_time<Milliseconds>;

constexpr std::int64_t to_ms(Time time) noexcept { return time.time_since_epoch().count(); }
constexpr Time from_ms(std::int64_t ms) noexcept { return Time{Milliseconds{ms}}; }

/// For example "2026-03-01T15:20:00.250Z"; whole seconds have no fraction. Years outside 0000-9999 are clamped.
std::string to_iso8601(Time time);

/// The same instant as local time in a zone `zone` minutes east of UTC: "2026-03-01T16:20:00+01:00"; "Z" for zone 0.
std::string to_iso8601(Time time, int zone);

/// Parses "2h", "45m", "30s", "7d", "250ms", "1w" or a sum such as "1h30m". nullopt for negative or malformed input.
std::optional<Milliseconds> parse_duration(std::string_view text);

/// The shortest exact form that parse_duration accepts.
std::string to_string(Milliseconds duration);

/// The source of time. Use now() for times that people see or that are stored, and steady() for waiting. Any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Time now() const = 0;
  [[nodiscard]] virtual std::chrono::steady_clock::time_point steady() const = 0;
};

/// The system's clocks.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] Time now() const override;
  [[nodiscard]] std::chrono::steady_clock::time_point steady() const override;
};

}  // namespace pw
