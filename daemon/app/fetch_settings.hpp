#pragma once
/// From the configuration's [fetch] to what a Fetcher is given, for the daemon and for commands that fetch.

#include "config/settings.hpp"
#include "fetch/fetch_types.hpp"

namespace pw::app {

fetch::FetchSettings to_fetch(const config::FetchSettings& in);

}  // namespace pw::app
