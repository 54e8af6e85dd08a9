#include "ops/systemd.hpp"

#include <systemd/sd-daemon.h>

#include <cstdint>
#include <string>

namespace pw::ops {

void notify_ready(std::string_view status) { sd_notify(0, ("READY=1\nSTATUS=" + std::string(status)).c_str()); }
void notify_reloading() { sd_notify(0, "RELOADING=1"); }
void notify_stopping() { sd_notify(0, "STOPPING=1"); }
void notify_watchdog() { sd_notify(0, "WATCHDOG=1"); }

std::optional<Milliseconds> watchdog_period() {
  std::uint64_t microseconds = 0;
  if (sd_watchdog_enabled(0, &microseconds) <= 0) return std::nullopt;
  return Milliseconds{static_cast<std::int64_t>(microseconds / 1000)};
}

}  // namespace pw::ops
