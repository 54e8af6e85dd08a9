#include "cli/commands.hpp"
#include "cli/config_commands.hpp"
#include "config/keys/reference.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <string>

namespace pw::cli {
namespace {

void add_form(CLI::App& config, const std::string& name, const std::string& help, std::string (*form)(), int& code) {
  config.add_subcommand(name, help)->callback([form, &code] {
    std::cout << form();
    code = kExitOk;
  });
}

}  // namespace

void add_config_commands(CLI::App& app, int& code) {
  CLI::App* config = app.add_subcommand("config", "the reference of presswatch.toml");
  config->require_subcommand(1);
  add_form(*config, "sample", "every key with its help and default, commented out", config::main_sample, code);
  add_form(*config, "schema", "JSON Schema for editors", config::main_schema, code);
  add_form(*config, "manual", "the manual page presswatch.toml(5)", config::main_manual, code);
}

}  // namespace pw::cli
