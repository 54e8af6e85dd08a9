#pragma once
#include "source/plugin.hpp"

namespace pw::plugins {

/// See the README beside this file.
source::Plugin json_plugin();

}  // namespace pw::plugins
