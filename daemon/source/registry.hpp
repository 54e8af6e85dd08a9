#pragma once
/// The plugins that a program knows, by name: those compiled in, and those of the packages in some directories.

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

/// Makes a plugin of a package that was read and checked. It sets `make` and `waits`; the registry sets the rest.
using Loader = std::function<Result<Plugin>(const std::shared_ptr<const Package>& package)>;
using Loaders = std::map<PackageKind, Loader>;

/// Loop thread only. A plugin that was found stays valid for as long as its pointer is held, over load() too.
class Registry {
 public:
  explicit Registry(std::span<const Plugin> builtin, Loaders loaders = {});

  /// Takes what the directories hold now in the place of what they held; the first of two packages with one name
  /// counts. A package whose files did not change keeps its Plugin. A package that may not be used is known by its
  /// folder's name with `refused` set, and is in the answer. A package that is `disabled` by its name is not looked at;
  /// `refused` says so. Blocks on the file system.
  std::vector<Refusal> load(std::span<const std::filesystem::path> directories,
                            std::span<const std::string> disabled = {});

  /// nullptr when there is no such plugin.
  [[nodiscard]] std::shared_ptr<const Plugin> find(std::string_view name) const;
  /// Built-in ones first, then packages by name.
  [[nodiscard]] std::span<const std::shared_ptr<const Plugin>> plugins() const { return plugins_; }

  /// What config::load needs to check the options of sources. Borrows from this object, until the next load().
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
