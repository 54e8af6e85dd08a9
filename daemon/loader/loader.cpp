#include "loader/loader.hpp"

#include "builtin.hpp"
#include "config/load.hpp"
#include "core/log.hpp"
#include "core/text.hpp"
#include "exec/exec_source.hpp"
#include "native/native_source.hpp"
#include "rules_plugin.hpp"

#include <memory>
#include <utility>

namespace pw::loader {

namespace {

source::Loaders make_loaders() {
  source::Loaders loaders;
  loaders[source::PackageKind::exec] = [reaper = std::make_shared<exec::Reaper>()](const auto& package) {
    return Result<source::Plugin>(exec::make_exec_plugin(package, reaper));
  };
  loaders[source::PackageKind::native] = [](const auto& package) -> Result<source::Plugin> {
    if (package->isolation == source::Isolation::none) return native::make_native_plugin(package);
    return fail(Errc::unsupported,
                "native plugins cannot be isolated here; isolation = \"none\" runs them in the daemon");
  };
  loaders[source::PackageKind::toml] = plugins::make_rules_plugin;
  return loaders;
}

}  // namespace

source::Registry make_registry(const config::PluginSettings& /*settings*/) {
  return source::Registry(plugins::builtin(), make_loaders());
}

source::Registry make_trial_registry() {
  source::Loaders loaders = make_loaders();
  loaders[source::PackageKind::native] = [](const auto& package) {
    return native::make_native_plugin(package, native::Load::in_place);
  };
  return source::Registry(plugins::builtin(), std::move(loaders));
}

void load_packages(source::Registry& registry, const config::PluginSettings& settings) {
  for (const source::Refusal& refusal : registry.load(settings.directories)) {
    for (const config::Problem& problem : refusal.problems) {
      spdlog::error("plugin {} is refused: {}", printable(refusal.name), printable(problem.text(), 1000));
    }
  }
  for (const auto& plugin : registry.plugins()) {
    if (!plugin->package || !plugin->refused.empty()) continue;
    const source::Package& package = *plugin->package;
    if (package.isolation == source::Isolation::none && package.kind != source::PackageKind::toml) {
      spdlog::warn("plugin {} {} runs without isolation: it can do whatever the daemon can", package.name,
                   printable(package.version));
    }
  }
}

source::Registry read_registry(const std::filesystem::path& file) {
  const config::PluginSettings settings = config::load_plugin_settings(file);
  source::Registry registry = make_registry(settings);
  load_packages(registry, settings);
  return registry;
}

}  // namespace pw::loader
