#include "cli/commands.hpp"
#include "cli/common_arguments.hpp"
#include "cli/report.hpp"
#include "cli/verb.hpp"
#include "core/text.hpp"
#include "source/loader/loader.hpp"

#include <spdlog/fmt/fmt.h>

#include <iostream>
#include <memory>

namespace pw::cli {
namespace {

namespace fs = std::filesystem;

struct ListOptions {
  fs::path config;
  std::string name;  ///< empty: all
};

/// Lists the plugins of the configuration or, given a name, that plugin with its options.
int run_plugin_list(const fs::path& config, const std::string& name) {
  loader::warn_without_isolation();
  const source::Registry registry = loader::read_registry(config);
  bool found = false;
  for (const auto& plugin : registry.plugins()) {
    if (!name.empty() && plugin->name != name) continue;
    found = true;
    const std::string kind = plugin->package ? std::string(to_string(plugin->package->kind)) : "built-in";
    std::cout << fmt::format("{:<16} {:<9} {:<9} {}\n", plugin->name, kind,
                             plugin->package ? printable(plugin->package->version, 20) : PW_VERSION,
                             printable(plugin->refused.empty() ? plugin->summary : plugin->refused, 300));
    if (name.empty()) continue;
    if (plugin->package) std::cout << fmt::format("  folder     {}\n", plugin->package->folder.string());
    if (plugin->package) std::cout << fmt::format("  isolation  {}\n", to_string(plugin->package->isolation));
    for (const config::OptionSpec& spec : plugin->options) {
      std::cout << fmt::format("  {:<12} {}{}\n", spec.name, printable(spec.help), spec.required ? " (required)" : "");
    }
  }
  return found ? kExitOk
               : report("there is no plugin \"" + printable(name) + "\"; `presswatch plugin list` names them");
}

}  // namespace

Run plugin_list_verb(Arguments& arguments) {
  auto in = std::make_shared<ListOptions>();
  take_config(arguments, in->config, "the configuration that says where packages are");
  return [in] { return run_plugin_list(in->config, ""); };
}

Run plugin_info_verb(Arguments& arguments) {
  auto in = std::make_shared<ListOptions>();
  arguments.add("name", &in->name, "the plugin").required = true;
  take_config(arguments, in->config, "the configuration that says where packages are");
  return [in] { return run_plugin_list(in->config, in->name); };
}

}  // namespace pw::cli
