#pragma once
/// Compiles the sources of a native package.

#include "core/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

namespace pw::cli {

enum class BuildFor : std::uint8_t {
  use,    ///< optimised
  tests,  ///< with AddressSanitizer and UndefinedBehaviorSanitizer, where the compiler has them
};

struct Built {
  std::filesystem::path library;
  std::string preload;  ///< what LD_PRELOAD must name in the process that loads it; "": nothing
  bool sanitized = false;
};

/// Does the folder hold sources that build_native() can compile?
bool has_native_sources(const std::filesystem::path& folder);

/// Compiles the package in `folder` into a library `name` somewhere in `work`, which is there: by its CMakeLists.txt if
/// it has one, else all *.c, *.cc and *.cpp that stand in it, with $CC and $CXX or cc and c++. What the compiler says
/// goes to standard error. Errc::not_found when there is no compiler, Errc::plugin when the sources do not compile.
Result<Built> build_native(const std::filesystem::path& folder, const std::string& name,
                           const std::filesystem::path& work, BuildFor purpose);

}  // namespace pw::cli
