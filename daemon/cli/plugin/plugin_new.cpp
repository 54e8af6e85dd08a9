#include "cli/commands.hpp"
#include "cli/plugin/plugin_templates.hpp"
#include "cli/plugin/sdk_files.hpp"
#include "cli/report.hpp"
#include "cli/verb.hpp"
#include "core/text.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <system_error>

namespace pw::cli {
namespace {

namespace fs = std::filesystem;

struct NewOptions {
  std::filesystem::path folder;  ///< its last component is the plugin's name
  std::string language = "toml";
};

constexpr std::array<std::string_view, 4> kLanguages{"toml", "python", "c", "cpp"};

bool is_name(const std::string& name) {
  const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; };
  return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, allowed);
}

std::string filled(std::string text, const std::string& name) {
  for (std::size_t at = text.find("@NAME@"); at != std::string::npos; at = text.find("@NAME@", at)) {
    text.replace(at, 6, name);
  }
  return text;
}

std::span<const TemplateFile> template_of(const std::string& language) {
  if (language == "c") return c_template();
  if (language == "cpp") return cpp_template();
  return language == "python" ? python_template() : toml_template();
}

/// Creates a package whose test passes.
int run_plugin_new(const NewOptions& options) {
  const fs::path folder = fs::absolute(options.folder).lexically_normal();
  const std::string name = folder.filename().string();
  if (!is_name(name)) return report("\"" + printable(name) + "\" must be 1 to 64 of a-z 0-9 _ -");
  std::error_code error;
  if (fs::exists(folder, error)) return report(printable(folder.string()) + " already exists");
  const bool python = options.language == "python";
  const fs::path library = python ? sdk_python_library() : fs::path{};
  if (python && library.empty()) return report("presswatch_plugin.py is not installed beside this program");

  fs::create_directories(folder / "tests" / "first", error);
  if (error) return report(fmt::format("cannot make {}: {}", printable(folder.string()), error.message()));
  for (const TemplateFile& file : template_of(options.language)) {
    std::ofstream out(folder / file.name, std::ios::binary);
    if (!(out << filled(std::string(file.text), name)).flush()) return report("cannot write " + std::string(file.name));
  }
  if (python) fs::copy_file(library, folder / "presswatch_plugin.py", error);
  if (error) return report("cannot copy presswatch_plugin.py: " + error.message());
  // Regardless of the umask: packages writable by others are refused.
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    fs::permissions(entry.path(), fs::perms::group_write | fs::perms::others_write, fs::perm_options::remove, error);
  }
  fs::permissions(folder, fs::perms::group_write | fs::perms::others_write, fs::perm_options::remove, error);
  std::cout << fmt::format("made {0}; next: presswatch plugin test {0}\n", printable(folder.string()));
  return kExitOk;
}

}  // namespace

Run plugin_new_verb(Arguments& arguments) {
  auto in = std::make_shared<NewOptions>();
  arguments.add("folder", &in->folder, "the folder to make; its last part is the plugin's name").required = true;
  Argument& language = arguments.add("--lang", &in->language, "what it is written in");
  language.choices = kLanguages;
  language.shows_default = true;
  return [in] { return run_plugin_new(*in); };
}

}  // namespace pw::cli
