#pragma once
/// Native packages in the author's tools: compiled with sanitizers, and run in a child, so that a crash is a report.

#include "cli/plugin/author_options.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace pw::cli {

/// What the manifest says of the library, whether that is there or not.
struct NativeManifest {
  std::string name;
  std::string library;
};

/// Nothing when the package in `folder` is not of kind native, or its manifest cannot be read.
std::optional<NativeManifest> native_manifest(const std::filesystem::path& folder);

/// Runs `presswatch plugin VERB` on a copy of the package whose library is compiled with sanitizers, in a child.
/// Without sources or a compiler the library is taken as it is, and that is said. What ended the child is printed as a
/// failure of what it was doing. The exit code of the command.
int run_in_trial(const std::string& verb, const NativeManifest& manifest, const AuthorOptions& options);

}  // namespace pw::cli
