#include "source/loader/loader.hpp"

#include "builtin.hpp"
#include "config/load.hpp"
#include "core/log.hpp"
#include "core/text.hpp"
#include "rules_plugin.hpp"
#include "source/kinds/exec/exec_source.hpp"
#include "source/kinds/native/native_source.hpp"
#include "source/runnable.hpp"
#include "source/sandbox/confinement.hpp"

#include <memory>
#include <system_error>
#include <utility>

namespace pw::loader {
namespace {

namespace fs = std::filesystem;

constexpr const char* kHost = "presswatch-plugin-host";

/// The path of the host program: next to this one in a build tree, in libexec when installed.
fs::path find_host(const config::PluginSettings& settings) {
  if (!settings.host.empty()) return settings.host;
  std::error_code error;
  const fs::path here = fs::read_symlink("/proc/self/exe", error).parent_path();
  const fs::path beside = here / kHost;
  return fs::exists(beside, error) ? beside : here.parent_path() / "libexec" / "presswatch" / kHost;
}

Result<source::Plugin> make_child_plugin(const std::shared_ptr<const source::Package>& package,
                                         const std::shared_ptr<exec::Launcher>& launcher) {
  if (const auto can = source::can_run(*package); !can) return can.error();
  if (package->isolation == source::Isolation::process) {
    if (const auto can = launcher->can_confine(); !can) return can.error();
  }
  return exec::make_exec_plugin(package, launcher);
}

source::Loaders make_loaders(const config::PluginSettings& settings) {
  const auto launcher =
      std::make_shared<exec::Launcher>(exec::Launcher::Setup{find_host(settings), sandbox::Cgroups::adopt()});
  source::Loaders loaders;
  loaders[source::PackageKind::exec] = [launcher](const auto& package) { return make_child_plugin(package, launcher); };
  loaders[source::PackageKind::native] = [launcher](const auto& package) {
    if (package->isolation == source::Isolation::process) return make_child_plugin(package, launcher);
    if (const auto can = source::can_run(*package); !can) return Result<source::Plugin>(can.error());
    return native::make_native_plugin(package);
  };
  loaders[source::PackageKind::toml] = plugins::make_rules_plugin;
  return loaders;
}

}  // namespace

source::Registry make_registry(const config::PluginSettings& settings) {
  return source::Registry(plugins::builtin(), make_loaders(settings));
}

source::Registry make_trial_registry() {
  source::Loaders loaders = make_loaders({});
  loaders[source::PackageKind::native] = [](const auto& package) {
    return native::make_native_plugin(package, native::Load::in_place);
  };
  return source::Registry(plugins::builtin(), std::move(loaders));
}

void load_packages(source::Registry& registry, const config::PluginSettings& settings) {
  for (const source::Refusal& refusal : registry.load(settings.directories, settings.disabled)) {
    for (const config::Problem& problem : refusal.problems) {
      log::say("plugin-rejected", "plugin {} was rejected: {}", printable(refusal.name),
               printable(problem.text(), 1000));
    }
  }
  for (const auto& plugin : registry.plugins()) {
    if (!plugin->runs_unconfined()) continue;
    log::say("plugin-unconfined", "plugin {} {} runs without isolation: it can do whatever the daemon can",
             plugin->name, printable(plugin->package->version));
  }
}

void warn_without_isolation() {
  const auto able = sandbox::supported();
  if (able) return;
  log::say("plugin-no-sandbox",
           "plugin packages with code will be rejected, because this machine cannot sandbox them: {}",
           able.error().message);
  log::say("plugin-no-sandbox",
           "built-in plugins and packages without code work; a package that you trust like the daemon itself can set "
           "isolation = \"none\"");
}

source::Registry read_registry(const std::filesystem::path& file) {
  const config::PluginSettings settings = config::load_plugin_settings(file);
  source::Registry registry = make_registry(settings);
  load_packages(registry, settings);
  return registry;
}

}  // namespace pw::loader
