#pragma once
/// A package that contains one of the plugins in this folder.

#include "fakes/caught_log.hpp"
#include "source/kinds/native/native_source.hpp"
#include "unit/source/package_folder.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace pw::native {

using test::CaughtLog;

inline const Time kNow = from_ms(1'772'443'800'000);  // 2026-03-02T09:30:00Z

class Loaded {
 public:
  explicit Loaded(const std::string& library) { install(std::filesystem::path(PW_TEST_PLUGINS) / (library + ".so")); }

  void install(const std::filesystem::path& library) const {
    folder_.write("wire/plugin.toml", R"([plugin]
name = "wire"
version = "1"
kind = "native"
library = "wire.so"
[options.do]
[options.where]
[options.which]
type = "number"
[options.flag]
type = "flag"
[options.list]
type = "list"
)");
    std::filesystem::copy_file(library, file(), std::filesystem::copy_options::overwrite_existing);
    std::filesystem::permissions(file(), std::filesystem::perms::owner_all);
  }

  [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "wire/wire.so"; }

  [[nodiscard]] Result<source::Plugin> plugin() const {
    const auto package = source::read_package(folder_.path() / "wire");
    if (!package) return fail(Errc::config, "{}", package.error().text());
    return make_native_plugin(*package);
  }

  [[nodiscard]] std::string refusal() const {
    const auto made = plugin();
    return made ? "" : made.error().message;
  }

  [[nodiscard]] std::unique_ptr<source::Source> source(const std::string& what, const std::string& option = "do",
                                                       std::int64_t which = 0) const {
    config::SourceSettings settings;
    settings.id = "wire-1";
    settings.options.set(option, what);
    settings.options.set("which", which);
    settings.options.set("flag", true);
    settings.options.set("list", std::vector<std::string>{"a", "b"});
    return plugin().value().make(settings);
  }

 private:
  source::PackageFolder folder_;
};

}  // namespace pw::native
