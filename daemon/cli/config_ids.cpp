#include "cli/commands.hpp"
#include "cli/common_arguments.hpp"
#include "cli/verb.hpp"
#include "config/load.hpp"
#include "source/loader/loader.hpp"

#include <array>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>

namespace pw::cli {
namespace {

constexpr std::array<std::string_view, 4> kOf{"sources", "watchlists", "groups", "plugins"};

struct IdOptions {
  std::string of;
  std::filesystem::path config;
};

/// Prints the ids one per line. A configuration with errors has those that can be read.
int run_config_ids(const IdOptions& options) {
  const source::Registry registry = loader::read_registry(options.config);
  if (options.of == "plugins") {
    for (const auto& plugin : registry.plugins()) std::cout << plugin->name << '\n';
    return kExitOk;
  }
  const config::Settings settings = config::read(options.config, registry.options()).settings;
  if (options.of == "sources") {
    for (const auto& source : settings.sources) std::cout << source.id << '\n';
  } else if (options.of == "watchlists") {
    for (const auto& list : settings.watchlists) std::cout << list->id << '\n';
  } else {
    for (const auto& group : settings.groups) std::cout << group->id << '\n';
  }
  return kExitOk;
}

}  // namespace

Run config_ids_verb(Arguments& arguments) {
  auto in = std::make_shared<IdOptions>();
  Argument& of = arguments.add("of", &in->of, "of what");
  of.required = true;
  of.choices = kOf;
  take_config(arguments, in->config);
  return [in] { return run_config_ids(*in); };
}

}  // namespace pw::cli
