#pragma once
/// The daemon put together: which part owns which, and the order in which they end.

#include "config/settings.hpp"
#include "core/time.hpp"
#include "source/registry.hpp"

#include <memory>

namespace pw::app {

/// Owns every part. Runs on the calling thread, which becomes the loop thread.
class Daemon {
 public:
  /// Opens the store, binds the bus and the control socket, compiles the watchlists.
  /// Throws std::runtime_error with what to do when one of them cannot be had.
  Daemon(source::Registry& registry, config::Settings settings);
  ~Daemon();
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  /// Until SIGTERM or SIGINT; a second one ends the process at once. SIGHUP reloads the configuration. Throws
  /// std::runtime_error, after a stop in order, when a part failed that the daemon cannot do without.
  void run();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pw::app
