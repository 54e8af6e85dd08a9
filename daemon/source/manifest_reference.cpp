#include "source/manifest_reference.hpp"

#include "source/manifest_keys.hpp"

namespace pw::source {

config::FileReference manifest_reference() {
  using Shape = config::TableReference::Shape;
  std::vector<config::TableReference> tables{
      {"plugin", "The plugin.", config::describe<ManifestPlugin>(kPluginKeys, {})},
      {"options", "An option of the plugin's sources; one table for each.",
       config::describe<ManifestOption>(kOptionKeys, {}), Shape::map},
      {"limits", "What each child process of the plugin may use.", config::describe<Limits>(kLimitKeys, {})},
      {"access", "What the plugin may read.", config::describe<ManifestAccess>(kAccessKeys, {})},
      {"source",
       "Of kind toml: the built-in plugin that does the work (plugin = \"feed\"), and its options. {NAME} in a text is "
       "replaced by the value of the option NAME.",
       {},
       Shape::table,
       {},
       true},
  };
  return {"plugin.toml", "Manifests of plugin packages",
          "The file plugin.toml in the folder of a plugin package (docs/plugin-packages.md).", std::move(tables)};
}

}  // namespace pw::source
