#include "app/load_configuration.hpp"

#include "app/fetch_settings.hpp"
#include "config/load.hpp"
#include "fetch/fetcher.hpp"
#include "source/loader/loader.hpp"

#include <utility>

namespace pw::app {

std::shared_ptr<const pipeline::Configuration> load_configuration(const std::filesystem::path& file,
                                                                  const pipeline::Configuration* before,
                                                                  const std::stop_token& stop) {
  if (before == nullptr) loader::warn_without_isolation();
  const config::PluginSettings plugins = config::load_plugin_settings(file);
  source::Registry registry = before != nullptr ? before->registry : loader::make_registry(plugins);
  loader::load_packages(registry, plugins);
  config::Settings settings =
      config::load(file, registry.options(), {before != nullptr ? &before->settings : nullptr, stop});
  fetch::Fetcher::check(to_fetch(settings.fetch));
  auto watchlists = pipeline::compile_watchlists(settings, before != nullptr ? before->watchlists : nullptr);
  return std::make_shared<const pipeline::Configuration>(
      pipeline::Configuration{std::move(settings), std::move(registry), std::move(watchlists)});
}

}  // namespace pw::app
