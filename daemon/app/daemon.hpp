#pragma once
/// Assembles the daemon: ownership of its components, and the order in which they shut down.

#include "pipeline/configuration.hpp"

#include <memory>

namespace pw::app {

/// Owns every component. run() makes the calling thread the loop thread.
class Daemon {
 public:
  /// Opens the store, binds the bus and the control socket, and creates the sources. Throws std::runtime_error with
  /// advice if any of this fails.
  explicit Daemon(const std::shared_ptr<const pipeline::Configuration>& configuration);
  ~Daemon();
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  /// Runs until SIGTERM or SIGINT; a second signal ends the process at once. SIGHUP reloads the configuration. Throws
  /// std::runtime_error, after an orderly shutdown, if an essential component failed.
  void run();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pw::app
