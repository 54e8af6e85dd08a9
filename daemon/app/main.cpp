#include "app/check_settings.hpp"
#include "app/check_system.hpp"
#include "app/daemon.hpp"
#include "app/load_configuration.hpp"
#include "config/load.hpp"
#include "core/log.hpp"
#include "core/memory.hpp"
#include "core/message_of.hpp"

#include <CLI/CLI.hpp>

#include <csignal>
#include <exception>
#include <filesystem>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

namespace {

// See sysexits.h and systemd.exec(5): the service manager does not restart after a configuration error.
constexpr int kExitConfig = 78;
constexpr int kExitFailure = 1;

/// What the machine lacks; what() has one line for each.
struct NotReady : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::shared_ptr<const pw::pipeline::Configuration> load(const std::filesystem::path& file) {
  // Messages about plugins are logged before the configuration is known.
  pw::log::start("info");
  auto configuration = pw::app::load_configuration(file);
  pw::log::start(configuration->settings.daemon.log_level);
  pw::app::log_warnings(configuration->settings);
  auto problems = pw::app::check_system(configuration->settings);
  if (!problems.empty()) throw NotReady(pw::config::ConfigError(std::move(problems)).what());
  return configuration;
}

int run(const std::filesystem::path& file) {
  try {
    // The first configuration is not kept here, because a reload replaces it.
    pw::app::Daemon daemon(load(file));
    daemon.run();
  } catch (const pw::config::ConfigError& error) {
    std::cerr << error.what() << '\n';
    return kExitConfig;
  } catch (const NotReady& error) {
    std::cerr << error.what() << '\n';
    return kExitFailure;
  } catch (const std::exception& error) {
    std::cerr << "presswatchd: " << pw::message_of(error) << '\n';
    return kExitFailure;
  }
  pw::log::flush();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  pw::keep_freed_memory();
  // The reader of the log, or a plugin, may exit first. That must be a write error, not the end of the daemon.
  std::signal(SIGPIPE, SIG_IGN);  // NOLINT(concurrency-mt-unsafe): there are no threads yet
  CLI::App app{"presswatchd watches the news and publishes alerts on a ZeroMQ bus."};
  std::string config = "/etc/presswatch/presswatch.toml";
  app.add_option("-c,--config", config, "the configuration file")->capture_default_str();
  app.set_version_flag("--version", "presswatchd " PW_VERSION);
  app.footer(
      "Exit codes: 0 stopped as asked, 1 could not start or go on, 78 the configuration has errors.\n"
      "SIGHUP reloads the configuration; SIGTERM shuts down cleanly, a second one at once.");
  CLI11_PARSE(app, argc, argv);
  return run(config);
}
