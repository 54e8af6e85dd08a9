#pragma once
/// Where the files of the SDKs are: installed beside this program, or in the source tree that it was built in.

#include <filesystem>

namespace pw::cli {

/// Each is empty when it is not there.
std::filesystem::path sdk_python_library();
std::filesystem::path sdk_include_folder();  ///< that has presswatch/plugin.h
std::filesystem::path sdk_cmake_folder();    ///< that has presswatch-config.cmake

}  // namespace pw::cli
