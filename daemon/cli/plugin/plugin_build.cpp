#include "cli/commands.hpp"
#include "cli/plugin/author_options.hpp"
#include "cli/plugin/native_build.hpp"
#include "cli/plugin/native_trial.hpp"
#include "cli/report.hpp"
#include "cli/temporary_folder.hpp"
#include "core/text.hpp"

#include <spdlog/fmt/fmt.h>

#include <iostream>
#include <memory>

namespace pw::cli {
namespace {

namespace fs = std::filesystem;

/// Compiles a native package into the library that its manifest names.
int run_plugin_build(const AuthorOptions& options) {
  const auto manifest = native_manifest(options.folder);
  if (!manifest) return report("only a package whose plugin.toml says kind = \"native\" and names a library is built");
  const TemporaryFolder work;
  const auto built = build_native(options.folder, manifest->library, work.path(), BuildFor::use);
  if (!built) return report(built.error().message);
  // Rename instead of overwriting: a loaded library must not change.
  const fs::path library = options.folder / manifest->library;
  const fs::path fresh = options.folder / ("." + manifest->library + ".new");
  fs::copy_file(built->library, fresh, fs::copy_options::overwrite_existing);
  fs::permissions(fresh, fs::perms::group_write | fs::perms::others_write, fs::perm_options::remove);
  fs::rename(fresh, library);
  std::cout << fmt::format("built {}\n", printable(library.string()));
  return kExitOk;
}

}  // namespace

Run plugin_build_verb(Arguments& arguments) {
  auto in = std::make_shared<AuthorOptions>();
  take_folder(arguments, *in);
  return [in] { return run_plugin_build(*in); };
}

}  // namespace pw::cli
