#pragma once
/// What the service manager is told (sd_notify(3)); nothing happens when there is none.

#include "core/time.hpp"

#include <optional>
#include <string_view>

namespace pw::ops {

void notify_ready(std::string_view status);
void notify_reloading();
void notify_stopping();
void notify_watchdog();

/// How long the manager waits for a sign of life, or nothing when it does not watch.
std::optional<Milliseconds> watchdog_period();

}  // namespace pw::ops
