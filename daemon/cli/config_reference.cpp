#include "cli/config_reference.hpp"

#include "builtin.hpp"
#include "cli/commands.hpp"
#include "cli/verb.hpp"
#include "config/keys/reference.hpp"
#include "source/manifest_reference.hpp"

#include <algorithm>
#include <iostream>
#include <memory>
#include <string>

namespace pw::cli {
namespace {

/// A verb that prints a configuration file's reference in the given form.
Run printing(Arguments& arguments, std::string (*form)(const config::FileReference&)) {
  auto file = std::make_shared<std::string>(kConfigFiles.front());
  Argument& argument = arguments.add("file", file.get(), "which file");
  argument.choices = kConfigFiles;
  argument.shows_default = true;
  return [file, form] {
    const auto index = std::ranges::find(kConfigFiles, *file) - kConfigFiles.begin();
    std::cout << form(config_references().at(static_cast<std::size_t>(index)));
    return kExitOk;
  };
}

}  // namespace

std::vector<config::FileReference> config_references() {
  std::vector<config::PluginReference> built_in;
  for (const source::Plugin& one : plugins::builtin()) built_in.push_back({one.name, one.summary, one.options});
  return {config::main_reference(), config::sources_reference(built_in), config::watchlists_reference(),
          config::names_reference(), source::manifest_reference()};
}

Run config_sample_verb(Arguments& arguments) { return printing(arguments, config::sample); }

Run config_schema_verb(Arguments& arguments) { return printing(arguments, config::schema); }

Run config_manual_verb(Arguments& /*arguments*/) {
  return [] {
    std::cout << config::manual(config_references());
    return kExitOk;
  };
}

}  // namespace pw::cli
