#pragma once
/// The files that `presswatch plugin new` writes, with @NAME@ for the plugin's name.

#include <span>
#include <string_view>

namespace pw::cli {

struct TemplateFile {
  std::string_view name;  ///< relative to the package
  std::string_view text;
};

std::span<const TemplateFile> toml_template();
std::span<const TemplateFile> python_template();
std::span<const TemplateFile> c_template();
std::span<const TemplateFile> cpp_template();

}  // namespace pw::cli
