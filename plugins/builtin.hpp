#pragma once
/// The plugins that are compiled in.

#include "source/plugin.hpp"

#include <span>

namespace pw::plugins {

std::span<const source::Plugin> builtin();

}  // namespace pw::plugins
