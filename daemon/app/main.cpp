#include "app/check_settings.hpp"
#include "app/check_system.hpp"
#include "app/daemon.hpp"
#include "app/load_configuration.hpp"
#include "config/load.hpp"
#include "core/log.hpp"
#include "core/memory.hpp"
#include "core/message_of.hpp"
#include "ops/journal.hpp"
#include "store/store.hpp"

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

// See sysexits.h and systemd.exec(5): the service manager does not restart the daemon after a configuration error, or
// if its database is damaged, because that would not help.
constexpr int kExitConfig = 78;
constexpr int kExitFailure = 1;
constexpr int kExitDamaged = 74;

/// What the machine lacks; what() has one line for each.
struct NotReady : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::shared_ptr<const pw::pipeline::Configuration> load(const std::filesystem::path& file) {
  // Messages about plugins are logged before the configuration is known.
  pw::log::start("info", pw::log::Format::automatic, pw::ops::send_to_journal);
  auto configuration = pw::app::load_configuration(file);
  const auto& settings = configuration->settings;
  pw::log::start(settings.daemon.log_level, pw::log::format_named(settings.log.format), pw::ops::send_to_journal);
  pw::app::log_warnings(settings);
  auto problems = pw::app::check_system(settings);
  if (!problems.empty()) throw NotReady(pw::config::ConfigError(std::move(problems)).what());
  return configuration;
}

/// A person at a terminal reads the text alone; the reader of a structured log also gets level and id.
int refuse(pw::log::MessageId id, const std::string& text, int exit_code) {
  if (pw::log::is_plain()) {
    std::cerr << text << '\n';
  } else {
    pw::log::say(id, "{}", text);
  }
  pw::log::flush();
  return exit_code;
}

int run(const std::filesystem::path& file) {
  try {
    // The first configuration is not kept here, because a reload replaces it.
    pw::app::Daemon daemon(load(file));
    daemon.run();
  } catch (const pw::config::ConfigError& error) {
    return refuse("config-refused", error.what(), kExitConfig);
  } catch (const NotReady& error) {
    return refuse("start-failed", error.what(), kExitFailure);
  } catch (const pw::store::DamagedError& error) {
    return refuse("start-failed", std::string("presswatchd: ") + error.what(), kExitDamaged);
  } catch (const std::exception& error) {
    return refuse("start-failed", "presswatchd: " + pw::message_of(error), kExitFailure);
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
      "Exit codes: 0 stopped as asked, 1 could not start or go on, 74 the database is damaged, 78 the\n"
      "configuration has errors.\n"
      "SIGHUP reloads the configuration; SIGTERM shuts down cleanly, a second one at once.");
  CLI11_PARSE(app, argc, argv);
  return run(config);
}
