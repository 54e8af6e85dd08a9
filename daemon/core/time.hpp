#pragma once
/// Points in time and the clock that the daemon reads, so that tests can own the time.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pw {

using Milliseconds = std::chrono::milliseconds;

/// UTC, milliseconds since the Unix epoch, leap seconds ignored.
using Time = std::chrono::sys_time<Milliseconds>;

constexpr std::int64_t to_ms(Time time) noexcept { return time.time_since_epoch().count(); }
constexpr Time from_ms(std::int64_t ms) noexcept { return Time{Milliseconds{ms}}; }

/// "2026-03-01T15:20:00.250Z"; whole seconds are written without a fraction. Years outside 0000-9999 are clamped.
std::string to_iso8601(Time time);

/// The same moment as clocks show it `zone` minutes east of UTC: "2026-03-01T16:20:00+01:00"; "Z" for zone 0.
std::string to_iso8601(Time time, int zone);

/// "2h", "45m", "30s", "7d", "250ms", "1w" or a sum of them ("1h30m"), not negative; nothing on other input.
std::optional<Milliseconds> parse_duration(std::string_view text);

/// The shortest exact spelling that parse_duration reads back.
std::string to_string(Milliseconds duration);

/// Wall time for what people and stores see, steady time for waiting. Any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Time now() const = 0;
  [[nodiscard]] virtual std::chrono::steady_clock::time_point steady() const = 0;
};

/// The machine's clocks.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] Time now() const override;
  [[nodiscard]] std::chrono::steady_clock::time_point steady() const override;
};

}  // namespace pw
