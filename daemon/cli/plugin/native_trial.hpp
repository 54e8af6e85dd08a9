#pragma once
/// Tests native packages: compiles them with sanitizers and runs them in a child process, so that a crash is reported.

#include "cli/plugin/author_options.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace pw::cli {

/// The manifest's library entry, whether or not the library exists.
struct NativeManifest {
  std::string name;
  std::string library;
};

/// Returns nullopt when the package in `folder` is not native or its manifest cannot be read.
std::optional<NativeManifest> native_manifest(const std::filesystem::path& folder);

/// Runs `presswatch plugin VERB` in a child process, on a copy of the package with its library compiled with
/// sanitizers. Without sources or a compiler, uses the existing library and says so. If the child dies, prints that as
/// a failure of the step in progress. Returns the exit code of the command.
int run_in_trial(const std::string& verb, const NativeManifest& manifest, const AuthorOptions& options);

}  // namespace pw::cli
