#pragma once
/// Reads one TOML table and records which keys were read, so that unknown keys are reported. Shared by config/ and the
/// manifests of plugins (source/package).

#include "config/load.hpp"
#include "config/option_spec.hpp"
#include "config/settings.hpp"

#include <toml++/toml.h>

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pw::config {

/// Collects the problems of all files.
class Problems {
 public:
  void add(Place place, std::string message) { list_.push_back({std::move(place), std::move(message)}); }
  void add_missing_folder(Place place, std::string message) {
    list_.push_back({std::move(place), std::move(message), true});
  }
  /// For a file as a whole.
  void add(const std::filesystem::path& file, std::string message) { add(Place{file}, std::move(message)); }
  [[nodiscard]] std::vector<Problem>& list() { return list_; }

 private:
  std::vector<Problem> list_;
};

/// Borrows the table, the file name and `problems`, which must outlive it. read() leaves `out` unchanged when the key
/// is missing or, after reporting a problem, wrong. Not thread-safe.
class TableReader {
 public:
  TableReader(const toml::table& table, std::string name, const std::filesystem::path& file, Problems& problems)
      : table_(table), name_(std::move(name)), file_(file), problems_(problems) {}

  void read(std::string_view key, std::string& out);
  void read(std::string_view key, std::filesystem::path& out);
  void read(std::string_view key, bool& out);
  void read(std::string_view key, unsigned& out, unsigned least = 0);
  void read(std::string_view key, std::size_t& out, std::size_t least = 0);
  void read(std::string_view key, std::int64_t& out, std::int64_t least, std::int64_t most);
  void read(std::string_view key, Milliseconds& out);
  void read(std::string_view key, double& out, double least, double most);
  /// A date and time with a time zone (RFC 3339), such as 2026-12-01T00:00:00Z.
  void read(std::string_view key, Time& out);
  void read(std::string_view key, std::vector<std::string>& out);
  /// A size in bytes: an integer, or "8MiB", "64KiB".
  void read_bytes(std::string_view key, std::size_t& out);
  /// One of the given words.
  void read_choice(std::string_view key, std::string& out, std::span<const std::string_view> choices);
  /// A list of the given words.
  void read_choices(std::string_view key, std::vector<std::string>& out, std::span<const std::string_view> choices);

  /// Marks a member of any type as known and returns it; nullptr if it is missing.
  const toml::node* take(std::string_view key);
  /// A subtable, or nullptr.
  const toml::table* take_table(std::string_view key);
  /// The tables of [[key]]. On a wrong type, reports a problem and returns none.
  std::vector<const toml::table*> take_tables(std::string_view key);
  /// A reader for a nested table, called `name` in problems.
  [[nodiscard]] TableReader inner(const toml::table& table, std::string name) const {
    return {table, std::move(name), file_, problems_};
  }

  [[nodiscard]] bool has(std::string_view key) const { return table_.contains(key); }
  /// The value of a string as it is written; "" if it is something else. Reports nothing.
  [[nodiscard]] std::string_view text(std::string_view key) const;
  /// The position of `key`, or of the table if the key is missing.
  [[nodiscard]] Place place(std::string_view key) const;
  /// The position of the table.
  [[nodiscard]] Place place() const;
  /// The position of the first character of the string `key`, inside its quotes; otherwise that of the key.
  [[nodiscard]] Place content_place(std::string_view key) const;
  void problem(std::string_view key, std::string message);

  /// Reports every unknown key and suggests the closest known one.
  void finish();

 private:
  const toml::table& table_;
  std::string name_;
  const std::filesystem::path& file_;
  Problems& problems_;
  std::set<std::string, std::less<>> known_;
};

/// The position of a part of the file.
Place place_at(const std::filesystem::path& file, const toml::source_region& source);

/// Reads `key` as an option of this type and range. On an error, reports a problem and returns an empty value.
OptionValue read_option_value(TableReader& reader, std::string_view key, OptionType type, NumberRange range = {});

/// Returns the parsed file. On an error, reports a problem and returns nullopt.
std::optional<toml::table> parse_file(const std::filesystem::path& file, Problems& problems);
/// Same, for a text that is or will become the content of `file`.
std::optional<toml::table> parse_text(std::string_view text, const std::filesystem::path& file, Problems& problems);

}  // namespace pw::config
