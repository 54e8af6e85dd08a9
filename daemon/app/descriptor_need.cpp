#include "app/descriptor_need.hpp"

#include "core/descriptors.hpp"
#include "core/log.hpp"

#include <algorithm>

namespace pw::app {

namespace {

constexpr std::size_t kBase = 64;              // the store's files, the bus, libraries, name resolution
constexpr std::size_t kIdleConnections = 128;  // kept open by the fetcher
constexpr std::size_t kControlClients = 32;
constexpr std::size_t kWebSubClients = 64;
constexpr std::size_t kForPlugin = 4;  // a socket, two pipes and an event

std::size_t count_plugin_processes(const pipeline::Configuration& configuration) {
  const auto runs = [&](const config::SourceSettings& source) {
    const auto plugin = configuration.registry.find(source.plugin);
    return source.enabled && plugin != nullptr && plugin->package != nullptr;
  };
  return static_cast<std::size_t>(std::ranges::count_if(configuration.settings.sources, runs));
}

}  // namespace

std::size_t descriptors_needed(const config::Settings& settings, std::size_t plugin_processes) {
  const std::size_t callbacks = settings.websub.on() ? kWebSubClients : 0;
  const std::size_t own =
      kBase + settings.fetch.max_total + kIdleConnections + kControlClients + callbacks + plugin_processes * kForPlugin;
  return 2 * own;
}

void warn_of_few_descriptors(const pipeline::Configuration& configuration) {
  const std::size_t plugins = count_plugin_processes(configuration);
  const std::size_t needed = descriptors_needed(configuration.settings, plugins);
  const std::size_t limit = descriptor_limit();
  if (limit >= needed) return;
  log::say("descriptors-few",
           "the limit on open files is {}, but {} transfers at a time, {} sources in processes of their own and the "
           "clients may need {}. Set LimitNOFILE={} in the unit, or ulimit -n",
           limit, configuration.settings.fetch.max_total, plugins, needed, needed);
}

}  // namespace pw::app
