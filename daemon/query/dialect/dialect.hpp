#pragma once
/// The dialects in which a query may be written (docs/query-language.md has a table for each). To add one, add a file
/// to this folder, and its reader and row below.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace pw::query {

struct Read;

/// A product's field name and ours.
struct FieldName {
  std::string_view theirs;
  std::string_view ours;
};

/// A row of kDialects. All dialects are translated to the same tree. What the tree cannot express is rejected, never
/// given another meaning.
struct DialectRow {
  std::string_view name;                             ///< in files and on the command line
  Read (*read)(std::string_view query);              ///< throws Refusal
  std::string_view difference;                       ///< what the product also does to words, but presswatch does not
  std::span<const FieldName> (*fields)() = nullptr;  ///< its fields; nullptr: those of the default dialect
};

Read read_presswatch(std::string_view query);
Read read_lexis(std::string_view query);
Read read_meltwater(std::string_view query);
Read read_brandwatch(std::string_view query);
Read read_lucene(std::string_view query);
std::span<const FieldName> lexis_fields();
std::span<const FieldName> meltwater_fields();
std::span<const FieldName> brandwatch_fields();

inline constexpr std::array kDialects{
    DialectRow{"presswatch", read_presswatch, {}},
    DialectRow{"lexis", read_lexis,
               "LexisNexis also finds regular plurals and other forms of a word without quotes; here a word is found "
               "as it is written: add the other forms, or a ! at its end",
               lexis_fields},
    DialectRow{"meltwater", read_meltwater, {}, meltwater_fields},
    DialectRow{"brandwatch", read_brandwatch, {}, brandwatch_fields},
    DialectRow{"lucene", read_lucene,
               "Lucene's analysers may stem words and drop common ones; here a word is found as it is written: add the "
               "other forms, or a * at its end"},
};

/// An index into kDialects. Only the default has a name in the program; dialect_named() finds the others.
enum class Dialect : std::uint8_t { presswatch };

/// In the order of the table.
inline constexpr auto kDialectNames = [] {
  std::array<std::string_view, kDialects.size()> names{};
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = kDialects[i].name;
  return names;
}();

constexpr const DialectRow& row_of(Dialect dialect) { return kDialects[static_cast<std::size_t>(dialect)]; }
constexpr std::string_view name_of(Dialect dialect) { return row_of(dialect).name; }
constexpr std::string_view difference_of(Dialect dialect) { return row_of(dialect).difference; }

constexpr std::optional<Dialect> dialect_named(std::string_view name) {
  for (std::size_t i = 0; i < kDialects.size(); ++i) {
    if (kDialects[i].name == name) return static_cast<Dialect>(i);
  }
  return std::nullopt;
}

static_assert(name_of(Dialect::presswatch) == "presswatch");

}  // namespace pw::query
