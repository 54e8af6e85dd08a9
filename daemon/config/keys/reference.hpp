#pragma once
/// The configuration files as the key tables describe them, and the reference in three forms. Any thread.

#include "config/keys/describe.hpp"
#include "config/settings.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pw::config {

FileReference main_reference();

/// What the reference says of a plugin that is built in.
struct PluginReference {
  std::string_view name;
  std::string_view summary;
  std::span<const OptionSpec> options;
};
FileReference sources_reference(std::span<const PluginReference> plugins);
FileReference watchlists_reference();
FileReference names_reference();

/// Every key of the file with its help; those that may be left out are commented out.
std::string sample(const FileReference& file);

/// presswatch.toml(5), in man(7) macros.
std::string manual(std::span<const FileReference> files);

/// JSON Schema (draft 2020-12) of the file, for editors that complete and check TOML. It knows keys and types; what
/// keys mean together is checked by `presswatch check` alone.
std::string schema(const FileReference& file);

/// The keys of the main file that differ and take effect only at a restart, as "bus.live".
std::vector<std::string> restart_needed(const Settings& running, const Settings& fresh);

}  // namespace pw::config
