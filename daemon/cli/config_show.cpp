#include "cli/commands.hpp"
#include "cli/common_arguments.hpp"
#include "cli/verb.hpp"
#include "config/keys/reference.hpp"
#include "config/load.hpp"

#include <iostream>
#include <memory>

namespace pw::cli {
namespace {

struct ShowOptions {
  std::filesystem::path config;
  bool effective = false;  ///< also the keys that have their defaults
};

}  // namespace

Run config_show_verb(Arguments& arguments) {
  auto in = std::make_shared<ShowOptions>();
  arguments.add("--effective", &in->effective, "every key, with its default where the file gives no value");
  take_config(arguments, in->config);
  return [in] {
    std::cout << config::show(config::load_main(in->config), in->effective);
    return kExitOk;
  };
}

}  // namespace pw::cli
