#pragma once
#include "source/plugin.hpp"

namespace pw::plugins {

/// See README.md in this folder.
source::Plugin json_plugin();

}  // namespace pw::plugins
