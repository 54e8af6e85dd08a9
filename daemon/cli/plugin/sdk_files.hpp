#pragma once
/// Locations of the SDK files: installed beside this program, or in the source tree of this build.

#include <filesystem>

namespace pw::cli {

/// Each path is empty if not found.
std::filesystem::path sdk_python_library();
std::filesystem::path sdk_include_folder();  ///< contains presswatch/plugin.h
std::filesystem::path sdk_cmake_folder();    ///< contains presswatch-config.cmake

}  // namespace pw::cli
