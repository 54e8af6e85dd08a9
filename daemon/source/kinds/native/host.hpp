#pragma once
/// The host functions available to every plugin in this process.

#include <plugin.h>

namespace pw::native {

/// Immutable, with static lifetime. The functions find their call by its handle, which must belong to the current
/// thread; they report errors as a status and never throw.
const pw_host& host() noexcept;

}  // namespace pw::native
