#pragma once
/// The languages in which a query may be written (docs/query-language.md has a table for each).

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace pw::query {

/// Every dialect is read to the same tree. What that cannot say is refused; a dialect never has a meaning of its own.
enum class Dialect : std::uint8_t { presswatch, lexis, meltwater, brandwatch, lucene };

/// By the order of the enumeration.
inline constexpr std::array<std::string_view, 5> kDialectNames{"presswatch", "lexis", "meltwater", "brandwatch",
                                                               "lucene"};

constexpr std::string_view name_of(Dialect dialect) { return kDialectNames[static_cast<std::size_t>(dialect)]; }

constexpr std::optional<Dialect> dialect_named(std::string_view name) {
  for (std::size_t i = 0; i < kDialectNames.size(); ++i) {
    if (kDialectNames[i] == name) return static_cast<Dialect>(i);
  }
  return std::nullopt;
}

/// What the product also does to every word, and presswatch does not; empty: nothing.
std::string_view difference_of(Dialect dialect);

}  // namespace pw::query
