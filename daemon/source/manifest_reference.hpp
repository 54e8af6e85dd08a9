#pragma once
/// What the reference of the configuration says of plugin.toml. Any thread.

#include "config/keys/describe.hpp"

namespace pw::source {

config::FileReference manifest_reference();

}  // namespace pw::source
