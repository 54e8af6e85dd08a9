#pragma once
/// Sources of a plugin that is a shared object in this process.

#include "source/kinds/native/library.hpp"
#include "source/package.hpp"
#include "source/plugin.hpp"

#include <memory>

namespace pw::native {

/// Loads the library of a package of kind native, whatever isolation it asks for: that is the caller's business.
/// Errc::plugin with what is wrong with it. It stays loaded as long as the plugin or a source of it lives. A source
/// that create() refuses is a std::invalid_argument of Plugin::make.
Result<source::Plugin> make_native_plugin(const std::shared_ptr<const source::Package>& package, Load how = Load::copy);

}  // namespace pw::native
