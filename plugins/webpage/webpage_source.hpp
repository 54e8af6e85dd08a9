#pragma once
#include "source/plugin.hpp"

namespace pw::plugins {

/// See README.md in this folder.
source::Plugin webpage_plugin();

}  // namespace pw::plugins
