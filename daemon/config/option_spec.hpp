#pragma once
/// How a source plugin declares the options that it takes, so that a typo is found before it runs.

#include <functional>
#include <span>
#include <string_view>

namespace pw::config {

enum class OptionType { text, url, number, flag, list, selector };

struct OptionSpec {
  std::string_view name;
  OptionType type = OptionType::text;
  bool required = false;
  std::string_view help;  ///< one line
};

/// The options of a plugin by its name, or nullptr when there is no such plugin.
struct PluginOptions {
  std::function<const std::span<const OptionSpec>*(std::string_view plugin)> find;
  std::span<const std::string_view> names;  ///< all plugins, for "did you mean"
};

}  // namespace pw::config
