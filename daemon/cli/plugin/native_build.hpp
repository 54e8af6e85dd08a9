#pragma once
/// Compiles the sources of a native package.

#include "core/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

namespace pw::cli {

enum class BuildFor : std::uint8_t {
  use,    ///< optimised
  tests,  ///< with AddressSanitizer and UndefinedBehaviorSanitizer, if the compiler supports them
};

struct Built {
  std::filesystem::path library;
  std::string preload;  ///< LD_PRELOAD value for the process that loads it; "": none
  bool sanitized = false;
};

/// True if the folder has sources that build_native() can compile.
bool has_native_sources(const std::filesystem::path& folder);

/// Compiles the package in `folder` into a library `name` below `work`, which must exist: with its CMakeLists.txt if it
/// has one, else from all *.c, *.cc and *.cpp files in it, with $CC and $CXX or cc and c++. Compiler output goes to
/// standard error. Errc::not_found when there is no compiler, Errc::plugin when compilation fails.
Result<Built> build_native(const std::filesystem::path& folder, const std::string& name,
                           const std::filesystem::path& work, BuildFor purpose);

}  // namespace pw::cli
