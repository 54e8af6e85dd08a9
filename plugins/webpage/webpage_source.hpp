#pragma once
#include "source/plugin.hpp"

namespace pw::plugins {

/// See the README beside this file.
source::Plugin webpage_plugin();

}  // namespace pw::plugins
