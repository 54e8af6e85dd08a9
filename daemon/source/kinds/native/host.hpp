#pragma once
/// The functions that every plugin in this process is given.

#include <plugin.h>

namespace pw::native {

/// Immutable, lives for ever. Each function finds its call by the handle and refuses what it cannot do; nothing is
/// thrown out of one.
const pw_host& host() noexcept;

}  // namespace pw::native
