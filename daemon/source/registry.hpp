#pragma once
/// The plugins that a program knows, by name.

#include "source/plugin.hpp"

namespace pw::source {

class Registry {
 public:
  explicit Registry(std::span<const Plugin> plugins);

  [[nodiscard]] const Plugin* find(std::string_view name) const;
  [[nodiscard]] std::span<const Plugin> plugins() const { return plugins_; }

  /// What config::load needs to check the options of sources. Borrows from this object.
  [[nodiscard]] config::PluginOptions options() const;

 private:
  std::span<const Plugin> plugins_;
  std::vector<std::string_view> names_;
};

}  // namespace pw::source
