#pragma once
/// Sources whose plugin is a shared object in this process.

#include "source/kinds/native/library.hpp"
#include "source/package.hpp"
#include "source/plugin.hpp"

#include <memory>

namespace pw::native {

/// Loads the library of a package of kind native, regardless of its isolation setting, which is up to the caller.
/// Errc::plugin with what is wrong. The library stays loaded as long as the plugin or one of its sources lives. If
/// create() rejects a source, Plugin::make throws std::invalid_argument.
Result<source::Plugin> make_native_plugin(const std::shared_ptr<const source::Package>& package, Load how = Load::copy);

}  // namespace pw::native
