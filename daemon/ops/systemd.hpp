#pragma once
/// Notifications to the service manager (sd_notify(3)); without one they do nothing.

#include "core/time.hpp"

#include <optional>
#include <string_view>

namespace pw::ops {

void notify_ready(std::string_view status);
void notify_reloading();
void notify_stopping();
void notify_watchdog();

/// The watchdog timeout of the service manager, or nothing if its watchdog is off.
std::optional<Milliseconds> watchdog_period();

}  // namespace pw::ops
