#pragma once
/// The built-in plugins.

#include "source/plugin.hpp"

#include <span>

namespace pw::plugins {

/// All built-in plugins, in static memory. Any thread.
std::span<const source::Plugin> builtin();

}  // namespace pw::plugins
