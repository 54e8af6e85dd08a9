#pragma once
/// Whether the store can be opened, as far as that depends on its folder. Private to app.

#include "config/load.hpp"
#include "config/settings.hpp"

#include <vector>

namespace pw::app {

/// Appends why the state folder cannot be made or written, which of its files this user cannot use, and whether another
/// daemon has locked them, unless it `is_ours`. Changes nothing.
void check_state(const config::MainSettings& settings, bool is_ours, std::vector<config::Problem>& problems);

}  // namespace pw::app
