#pragma once
/// The plugins known to a program, by name: the built-in ones and those from packages in given directories.

#include "source/package.hpp"
#include "source/plugin.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace pw::source {

/// Creates a plugin from a validated package. The loader sets `make` and `waits`; the registry sets the other members.
using Loader = std::function<Result<Plugin>(const std::shared_ptr<const Package>& package)>;
using Loaders = std::map<PackageKind, Loader>;

/// Owns the plugins; a copy shares them. Any thread may read it, but one thread at a time may call load(). A plugin
/// returned by find() stays valid as long as its pointer is held, even across load().
class Registry {
 public:
  explicit Registry(std::span<const Plugin> builtin, Loaders loaders = {});

  /// Replaces the packages with the current content of the directories. If two packages have the same name, the first
  /// one is used. A package whose files have not changed keeps its Plugin. A package that must not be used is
  /// registered under the name of its folder with `refused` set, and is included in the result. Packages whose names
  /// are in `disabled` are not read; their `refused` says so. Blocks on the file system.
  std::vector<Refusal> load(std::span<const std::filesystem::path> directories,
                            std::span<const std::string> disabled = {});

  /// The plugin with this name, or nullptr.
  [[nodiscard]] std::shared_ptr<const Plugin> find(std::string_view name) const;
  /// All plugins: built-in ones first, then packages by name. Valid until the next load().
  [[nodiscard]] std::span<const std::shared_ptr<const Plugin>> plugins() const { return plugins_; }

  /// The option specifications that config::load needs. Valid until the next load().
  [[nodiscard]] config::PluginOptions options() const;

 private:
  std::shared_ptr<const Plugin> make(const std::shared_ptr<const Package>& package,
                                     std::vector<Refusal>& refusals) const;

  Loaders loaders_;
  std::size_t builtin_;
  std::vector<std::shared_ptr<const Plugin>> plugins_;
  std::vector<std::string_view> names_;
};

}  // namespace pw::source
