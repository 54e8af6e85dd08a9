#pragma once
/// What the key tables say, for people and editors: the reference of presswatch.toml in three forms. Any thread.

#include "config/settings.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pw::config {

/// Every key of presswatch.toml with its help, commented out, with its default as the value.
std::string main_sample();

/// presswatch.toml(5), in man(7) macros.
std::string main_manual();

/// JSON Schema (draft 2020-12) of the file, for editors that complete and check TOML.
std::string main_schema();

/// The keys that differ and take effect only at a restart, as "bus.live".
std::vector<std::string> restart_needed(const Settings& running, const Settings& fresh);

}  // namespace pw::config
