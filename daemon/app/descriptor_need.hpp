#pragma once
/// How many open files and connections a configuration may need at once.

#include "pipeline/configuration.hpp"

#include <cstddef>

namespace pw::app {

/// The RLIMIT_NOFILE that suffices: half of it is for the bus, the rest for transfers, clients, files, and sources that
/// run in a child process.
std::size_t descriptors_needed(const config::Settings& settings, std::size_t plugin_processes);

/// Logs a warning if the limit of the process is lower.
void warn_of_few_descriptors(const pipeline::Configuration& configuration);

}  // namespace pw::app
