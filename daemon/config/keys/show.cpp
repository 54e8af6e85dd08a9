#include "config/keys/main_keys.hpp"
#include "config/keys/reference.hpp"
#include "core/text.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

namespace pw::config {
namespace {

constexpr std::size_t kRemarkColumn = 48;

/// Replaces the password in each URL, as in http://user:secret@proxy.example:3128.
std::string without_secrets(std::string text) {
  for (std::size_t at = text.find("://"); at != std::string::npos; at = text.find("://", at)) {
    at += 3;
    const std::size_t end = std::min(text.find_first_of("/?#\" ", at), text.size());
    const std::size_t sign = text.rfind('@', end);
    if (sign == std::string::npos || sign < at) continue;
    const std::size_t colon = text.find(':', at);
    if (colon < sign) text.replace(colon + 1, sign - colon - 1, "***");
  }
  return text;
}

std::string row(std::string_view name, const std::string& value, const std::string& origin) {
  const std::string line = fmt::format("{} = {}", name, without_secrets(value));
  const std::size_t width = std::max(kRemarkColumn, line.size() + 2);
  return fmt::format("{:<{}}# {}\n", line, width, origin);
}

}  // namespace

std::string show(const MainSettings& settings, bool effective) {
  std::string out;
  each_section(settings, [&]<class S>(const Section<S>& section, const S& values) {
    std::string rows;
    for (const KeyReference& key : describe(section.keys, values)) {
      const auto given = settings.given.find(fmt::format("{}.{}", section.name, key.name));
      const bool is_given = given != settings.given.end();
      if (!is_given && !effective) continue;
      const std::string origin =
          is_given ? fmt::format("{}:{}", printable(given->second.file.string()), given->second.line) : "default";
      rows += row(key.name, key.fallback, origin);
    }
    if (!rows.empty()) out += fmt::format("{}[{}]\n{}", out.empty() ? "" : "\n", section.name, rows);
  });
  return out;
}

}  // namespace pw::config
