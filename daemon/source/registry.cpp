#include "source/registry.hpp"

#include <algorithm>

namespace pw::source {

Result<std::optional<Article>> Source::extract(const PageInput& /*input*/) { return std::optional<Article>{}; }

Registry::Registry(std::span<const Plugin> plugins) : plugins_(plugins) {
  for (const Plugin& plugin : plugins) names_.push_back(plugin.name);
}

const Plugin* Registry::find(std::string_view name) const {
  const auto found = std::ranges::find(plugins_, name, &Plugin::name);
  return found == plugins_.end() ? nullptr : &*found;
}

config::PluginOptions Registry::options() const {
  return {[this](std::string_view name) {
            const Plugin* plugin = find(name);
            return plugin == nullptr ? nullptr : &plugin->options;
          },
          names_};
}

}  // namespace pw::source
