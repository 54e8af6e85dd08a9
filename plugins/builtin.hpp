#pragma once
/// The plugins that are compiled in.

#include "source/registry.hpp"

namespace pw::plugins {

const source::Registry& builtin();

}  // namespace pw::plugins
