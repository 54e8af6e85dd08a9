#include "source/registry.hpp"

#include "core/text.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <utility>

namespace pw::source {
namespace {

/// Takes the place of a source whose plugin must not be used, so that the daemon runs without it and its status shows
/// the reason.
class RefusedSource final : public Source {
 public:
  explicit RefusedSource(std::string why) : why_(std::move(why)) {}
  Result<Emitted> poll(const PollInput& /*input*/) override { return fail(Errc::refused, "{}", why_); }
  Result<Emitted> parse(const ParseInput& /*input*/) override { return fail(Errc::refused, "{}", why_); }

 private:
  std::string why_;
};

/// Owns the name that its Plugin borrows.
struct RefusedPlugin {
  std::string name;
  Plugin plugin;
};

std::shared_ptr<const Plugin> refused_plugin(std::string name, std::string why) {
  auto owner = std::make_shared<RefusedPlugin>();
  owner->name = std::move(name);
  Plugin& plugin = owner->plugin;
  plugin.name = owner->name;
  plugin.refused = std::move(why);
  plugin.make = [why = plugin.refused](const config::SourceSettings& /*settings*/) -> std::unique_ptr<Source> {
    return std::make_unique<RefusedSource>(why);
  };
  return {owner, &owner->plugin};
}

std::shared_ptr<const Plugin> refused_plugin(const Refusal& refusal) {
  return refused_plugin(refusal.name, "the plugin was rejected: " + refusal.text());
}

}  // namespace

Result<std::optional<Article>> Source::extract(const PageInput& /*input*/) { return std::optional<Article>{}; }

void Source::stored(std::string_view /*cursor*/) {}

void Source::interrupt() noexcept {}

Registry::Registry(std::span<const Plugin> builtin, Loaders loaders)
    : loaders_(std::move(loaders)), builtin_(builtin.size()) {
  for (const Plugin& plugin : builtin) {
    plugins_.push_back(std::make_shared<const Plugin>(plugin));
    names_.push_back(plugins_.back()->name);
  }
}

std::vector<Refusal> Registry::load(std::span<const std::filesystem::path> directories,
                                    std::span<const std::string> disabled) {
  std::vector<Refusal> refusals;
  std::map<std::string, std::shared_ptr<const Plugin>, std::less<>> found;
  for (const std::filesystem::path& directory : directories) {
    for (const std::filesystem::path& folder : find_packages(directory)) {
      const std::string name = folder.filename().string();
      if (found.contains(name)) continue;
      if (std::ranges::find(disabled, name) != disabled.end()) {
        found.emplace(name, refused_plugin(name, "the plugin is disabled; `presswatch plugin enable " + name + "`"));
        continue;
      }
      auto package = read_package(folder);
      const auto known = find(name);
      if (std::ranges::any_of(std::span(plugins_).first(builtin_),
                              [&](const auto& one) { return one->name == name; })) {
        refusals.push_back(
            {name, {{{folder / "plugin.toml", 0}, "has the name of a built-in plugin; choose another name"}}});
      } else if (!package) {
        refusals.push_back(package.error());
        found.emplace(name, refused_plugin(refusals.back()));
      } else if (known && known->package && known->refused.empty() && known->package->folder == (*package)->folder &&
                 known->package->fingerprint == (*package)->fingerprint) {
        found.emplace(name, known);
      } else {
        found.emplace(name, make(*package, refusals));
      }
    }
  }
  plugins_.resize(builtin_);
  names_.resize(builtin_);
  for (auto& [name, plugin] : found) {
    names_.push_back(plugin->name);
    plugins_.push_back(std::move(plugin));
  }
  return refusals;
}

std::shared_ptr<const Plugin> Registry::make(const std::shared_ptr<const Package>& package,
                                             std::vector<Refusal>& refusals) const {
  const auto refuse = [&](std::string why) {
    refusals.push_back({package->name, {{{package->folder / "plugin.toml", 0}, std::move(why)}}});
    return refused_plugin(refusals.back());
  };
  const auto loader = loaders_.find(package->kind);
  if (loader == loaders_.end()) {
    return refuse(fmt::format("plugins of kind \"{}\" are not supported here", to_string(package->kind)));
  }
  auto made = loader->second(package);
  if (!made) return refuse(made.error().message);
  made->name = package->name;
  made->summary = package->summary;
  made->options = package->options;
  made->body = package->body;
  made->package = package;
  return std::make_shared<const Plugin>(std::move(*made));
}

std::shared_ptr<const Plugin> Registry::find(std::string_view name) const {
  const auto found = std::ranges::find_if(plugins_, [&](const auto& plugin) { return plugin->name == name; });
  return found == plugins_.end() ? nullptr : *found;
}

config::PluginOptions Registry::options() const {
  return {[this](std::string_view name) -> std::optional<config::DeclaredOptions> {
            const auto plugin = find(name);
            if (!plugin) return std::nullopt;
            return config::DeclaredOptions{plugin->options, plugin->refused.empty()};
          },
          names_};
}

}  // namespace pw::source
