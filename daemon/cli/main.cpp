#include "cli/command_line.hpp"
#include "cli/commands.hpp"
#include "config/load.hpp"
#include "core/log.hpp"
#include "core/memory.hpp"
#include "core/message_of.hpp"

#include <exception>
#include <iostream>

int main(int argc, char** argv) {
  using namespace pw::cli;
  pw::keep_freed_memory();
  try {
    pw::log::start("warn");
    return run_command_line(argc, argv);
  } catch (const pw::config::ConfigError& error) {
    std::cerr << error.what() << '\n';
    return kExitConfig;
  } catch (const std::exception& error) {
    std::cerr << "presswatch: " << pw::message_of(error) << '\n';
    return kExitFailed;
  }
}
