#pragma once
/// How a source plugin declares the options that it takes, so that a typo is found before it runs.

#include "config/settings.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>

namespace pw::config {

enum class OptionType { text, url, number, flag, list, selector };

/// What a number may be.
inline constexpr std::int64_t kMostNumber = 1'000'000'000;
struct NumberRange {
  std::int64_t least = 0;
  std::int64_t most = kMostNumber;
};

struct OptionSpec {
  std::string_view name;
  OptionType type = OptionType::text;
  bool required = false;
  std::string_view help;                  ///< one line
  const OptionValue* fallback = nullptr;  ///< the value where the source does not say; nullptr: none
  NumberRange range{};                    ///< of a number
};

/// What a source may say to one plugin.
struct DeclaredOptions {
  std::span<const OptionSpec> specs;
  bool checked = true;  ///< false: the plugin was refused, so nobody knows what it takes; its options are let through
};

/// What config::load needs to know of plugins.
struct PluginOptions {
  /// The options of a plugin by its name, or nothing when there is no such plugin.
  std::function<std::optional<DeclaredOptions>(std::string_view plugin)> find;
  std::span<const std::string_view> names;  ///< all plugins, for "did you mean"
};

}  // namespace pw::config
