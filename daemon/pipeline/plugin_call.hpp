#pragma once
/// Calls of a plugin: what it throws or emits beyond the limits costs it the call, never the daemon. Pool thread.

#include "core/result.hpp"
#include "source/plugin.hpp"
#include "source/usable.hpp"

#include <exception>

namespace pw::pipeline {

/// Turns what the call throws into an Error.
template <class F>
auto guarded(F&& call) -> decltype(call()) {
  try {
    return call();
  } catch (const std::exception& error) {
    return fail(Errc::plugin, "the plugin failed: {}", error.what());
  }
}

/// A call whose items are brought within the limits of all items, whichever plugin made them.
template <class F>
Result<source::Emitted> settled(F&& call) {
  return guarded([&]() -> Result<source::Emitted> {
    Result<source::Emitted> out = call();
    if (out) source::settle(*out);
    return out;
  });
}

}  // namespace pw::pipeline
