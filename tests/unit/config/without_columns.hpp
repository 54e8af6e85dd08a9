#pragma once
/// For tests that are about lines.

#include <regex>
#include <string>

namespace pw {

/// "a.toml:3:5: …" as "a.toml:3: …".
inline std::string without_columns(const std::string& text) {
  return std::regex_replace(text, std::regex("(\\.toml:[0-9]+):[0-9]+: "), "$1: ");
}

}  // namespace pw
