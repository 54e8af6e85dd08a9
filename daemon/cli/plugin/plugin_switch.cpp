#include "cli/commands.hpp"
#include "cli/common_arguments.hpp"
#include "cli/control_client.hpp"
#include "cli/report.hpp"
#include "cli/verb.hpp"
#include "config/disabled_plugins.hpp"
#include "config/load.hpp"
#include "core/text.hpp"
#include "source/loader/loader.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <system_error>
#include <vector>

namespace pw::cli {
namespace {

struct SwitchOptions {
  std::filesystem::path config;
  std::string name;
};

/// Why this plugin cannot be enabled or disabled, or "".
std::string objection(const source::Registry& registry, const std::string& name) {
  const auto plugin = registry.find(name);
  if (plugin && (plugin->package || !plugin->refused.empty())) return "";
  if (plugin) return fmt::format("{} is built in; switch off its sources instead (enabled = false)", name);
  std::vector<std::string_view> packages;
  for (const auto& one : registry.plugins()) {
    if (one->package) packages.push_back(one->name);
  }
  const std::string_view near = nearest_name(name, packages);
  return fmt::format(
      "there is no plugin \"{}\"{}", printable(name),
      near.empty() ? "; `presswatch plugin list` names them" : fmt::format("; did you mean \"{}\"?", printable(near)));
}

/// Enables or disables a package for this configuration's daemon, and reloads that if it is running.
int run_plugin_switch(const std::filesystem::path& config, const std::string& name, bool enabled) {
  const source::Registry registry = loader::read_registry(config);
  const std::filesystem::path file = config::disabled_plugins_file(config);
  const std::vector<std::string> off = config::read_disabled_plugins(file);
  const bool is_off = std::ranges::find(off, name) != off.end();
  if (const std::string why = is_off ? "" : objection(registry, name); !why.empty()) return report(why);
  if (is_off == !enabled) {
    std::cout << fmt::format("{} is {} already\n", name, enabled ? "enabled" : "disabled");
    return kExitOk;
  }
  if (auto written = config::set_plugin_disabled(file, name, !enabled); !written) {
    return report(written.error().message);
  }
  std::cout << fmt::format("{} is {}, in {}\n", name, enabled ? "enabled" : "disabled", printable(file.string()));
  const auto control = config::load(config, registry.options()).daemon.control;
  std::error_code error;
  if (!std::filesystem::is_socket(control, error)) return kExitOk;
  return run_control({{"cmd", "reload"}}, control, false);
}

Run switching(Arguments& arguments, bool enabled) {
  auto in = std::make_shared<SwitchOptions>();
  arguments.add("name", &in->name, "the plugin").required = true;
  take_config(arguments, in->config, "the configuration that says where packages are");
  return [in, enabled] { return run_plugin_switch(in->config, in->name, enabled); };
}

}  // namespace

Run plugin_enable_verb(Arguments& arguments) { return switching(arguments, true); }

Run plugin_disable_verb(Arguments& arguments) { return switching(arguments, false); }

}  // namespace pw::cli
