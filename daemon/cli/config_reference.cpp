#include "cli/commands.hpp"
#include "cli/verb.hpp"
#include "config/keys/reference.hpp"

#include <iostream>
#include <string>

namespace pw::cli {
namespace {

Run printing(std::string (*form)()) {
  return [form] {
    std::cout << form();
    return kExitOk;
  };
}

}  // namespace

Run config_sample_verb(Arguments& /*arguments*/) { return printing(config::main_sample); }

Run config_schema_verb(Arguments& /*arguments*/) { return printing(config::main_schema); }

Run config_manual_verb(Arguments& /*arguments*/) { return printing(config::main_manual); }

}  // namespace pw::cli
