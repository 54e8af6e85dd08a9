#pragma once
/// Option declarations of source plugins, so that configuration errors are found before the plugin runs.

#include "config/settings.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>

namespace pw::config {

enum class OptionType { text, url, number, flag, list, selector };

/// Range of a number.
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
  const OptionValue* fallback = nullptr;  ///< default value; nullptr: none
  NumberRange range{};                    ///< for numbers
};

/// The options that a plugin accepts.
struct DeclaredOptions {
  std::span<const OptionSpec> specs;
  bool checked = true;  ///< false: the plugin was refused, so its options are unknown and accepted unchecked
};

/// What config::load() needs to know about plugins.
struct PluginOptions {
  /// The options of a plugin by name, or nullopt when there is no such plugin.
  std::function<std::optional<DeclaredOptions>(std::string_view plugin)> find;
  std::span<const std::string_view> names;  ///< all plugins, for "did you mean" suggestions
};

}  // namespace pw::config
