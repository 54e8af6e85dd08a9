#pragma once
/// Numbers with their nouns.

#include <spdlog/fmt/fmt.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace pw::cli {

/// "1 error", "2 errors".
inline std::string counted(std::size_t count, std::string_view one) {
  return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

/// "1 query", "2 queries".
inline std::string counted(std::size_t count, std::string_view one, std::string_view several) {
  return fmt::format("{} {}", count, count == 1 ? one : several);
}

}  // namespace pw::cli
