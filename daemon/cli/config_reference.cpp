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

constexpr auto kAccepted = [] {
  std::array<std::string_view, kConfigFiles.size() + kOtherNames.size()> out{};
  std::size_t next = 0;
  for (const std::string_view name : kConfigFiles) out.at(next++) = name;
  for (const auto& [name, file] : kOtherNames) out.at(next++) = name;
  return out;
}();

std::size_t index_of(std::string_view name) {
  const auto* const other = std::ranges::find(kOtherNames, name, &std::pair<std::string_view, std::string_view>::first);
  const std::string_view file = other != kOtherNames.end() ? other->second : name;
  return static_cast<std::size_t>(std::ranges::find(kConfigFiles, file) - kConfigFiles.begin());
}

/// A verb that prints a configuration file's reference in the given form.
Run printing(Arguments& arguments, std::string (*form)(const config::FileReference&)) {
  auto file = std::make_shared<std::string>(kConfigFiles.front());
  Argument& argument = arguments.add("file", file.get(), "which file");
  argument.choices = kAccepted;
  argument.shows_default = true;
  return [file, form] {
    std::cout << form(config_references().at(index_of(*file)));
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
