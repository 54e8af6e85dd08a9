#include "config/disabled_plugins.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <fstream>
#include <system_error>

namespace pw::config {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> lines_of(const fs::path& file) {
  std::vector<std::string> out;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) out.push_back(std::move(line));
  return out;
}

std::string name_in(std::string_view line) { return std::string(trim(line.substr(0, line.find('#')))); }

}  // namespace

fs::path disabled_plugins_file(const fs::path& configuration) {
  return fs::absolute(configuration).parent_path() / "plugins.disabled";
}

std::vector<std::string> read_disabled_plugins(const fs::path& file) {
  std::vector<std::string> out;
  for (const std::string& line : lines_of(file)) {
    if (std::string name = name_in(line); !name.empty()) out.push_back(std::move(name));
  }
  return out;
}

Result<void> set_plugin_disabled(const fs::path& file, const std::string& name, bool disabled) {
  std::vector<std::string> lines = lines_of(file);
  std::erase_if(lines, [&](const std::string& line) { return name_in(line) == name; });
  if (disabled) lines.push_back(name);
  const fs::path fresh = file.string() + ".new";
  {
    std::ofstream out(fresh);
    for (const std::string& line : lines) out << line << '\n';
    out.flush();
    if (!out) return fail(Errc::io, "{} cannot be written", fresh.string());
  }
  std::error_code error;
  fs::rename(fresh, file, error);
  if (error) return fail(Errc::io, "{} cannot be replaced: {}", file.string(), error.message());
  return {};
}

}  // namespace pw::config
