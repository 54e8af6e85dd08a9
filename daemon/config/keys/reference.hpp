#pragma once
/// The configuration files as described by the key tables, and the reference in three forms. Any thread.

#include "config/keys/describe.hpp"
#include "config/settings.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pw::config {

FileReference main_reference();

/// The reference entry of a built-in plugin.
struct PluginReference {
  std::string_view name;
  std::string_view summary;
  std::span<const OptionSpec> options;
};
FileReference sources_reference(std::span<const PluginReference> plugins);
FileReference watchlists_reference();
FileReference names_reference();

/// Every key of the file with its help; optional keys are commented out.
std::string sample(const FileReference& file);

/// presswatch.toml(5) in man(7) macros.
std::string manual(std::span<const FileReference> files);

/// JSON Schema (draft 2020-12) of the file, for editors that complete and validate TOML. Covers keys and types; only
/// `presswatch check` validates combinations of keys.
std::string schema(const FileReference& file);

/// The keys that the main file sets, or all of them, as TOML, each with its file and line, or "default". Passwords in
/// URLs are left out.
std::string show(const MainSettings& settings, bool effective);

/// The changed keys of the main file that take effect only after a restart, such as "bus.live".
std::vector<std::string> restart_needed(const MainSettings& running, const MainSettings& fresh);

}  // namespace pw::config
