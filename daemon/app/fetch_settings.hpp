#pragma once
/// Converts the [fetch] section of the configuration to the settings of a Fetcher, for the daemon and CLI commands.

#include "config/settings.hpp"
#include "fetch/fetch_types.hpp"

namespace pw::app {

fetch::FetchSettings to_fetch(const config::FetchSettings& in);

}  // namespace pw::app
