#pragma once
/// Wrappers for plugin calls: exceptions and output beyond the limits fail the call, never the daemon. Pool thread.

#include "core/result.hpp"
#include "source/plugin.hpp"
#include "source/usable.hpp"

#include <exception>

namespace pw::pipeline {

/// Converts an exception thrown by the call to an Error.
template <class F>
auto guarded(F&& call) -> decltype(call()) {
  try {
    return call();
  } catch (const std::exception& error) {
    return fail(Errc::plugin, "the plugin failed: {}", error.what());
  }
}

/// Applies the general limits to the items that the call returns, regardless of the plugin.
template <class F>
Result<source::Emitted> settled(F&& call) {
  return guarded([&]() -> Result<source::Emitted> {
    Result<source::Emitted> out = call();
    if (out) source::settle(*out);
    return out;
  });
}

}  // namespace pw::pipeline
