#pragma once
#include "source/plugin.hpp"

namespace pw::plugins {

/// See the README beside this file.
source::Plugin sitemap_plugin();

}  // namespace pw::plugins
