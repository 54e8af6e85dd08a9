#pragma once
/// Checks of a configuration beyond the form of its values. What they find depends on nothing but the configuration, so
/// a start, a reload and `presswatch check` find the same. Pure; any thread.

#include "config/load.hpp"
#include "config/settings.hpp"

#include <vector>

namespace pw::app {

/// Appends what makes the configuration unusable: addresses that are none, or that are the same, exceptions of the
/// address guard, the proxy, and sources that queries name.
void check_settings(const config::Settings& settings, std::vector<config::Problem>& problems);

/// What works, but hardly as meant: nothing to watch or to look for, and no contact.
std::vector<config::Problem> warnings_of(const config::Settings& settings);
/// The same in the log.
void log_warnings(const config::Settings& settings);

}  // namespace pw::app
