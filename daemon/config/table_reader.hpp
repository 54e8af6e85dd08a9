#pragma once
/// Reads one TOML table and remembers which keys were asked for, so that the rest are errors.
/// Shared by config/ and by the manifests of plugins (source/package).

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

/// Collects problems of all files.
class Problems {
 public:
  void add(const std::filesystem::path& file, std::size_t line, std::string message) {
    list_.push_back({{file, line}, std::move(message)});
  }
  [[nodiscard]] std::vector<Problem>& list() { return list_; }

 private:
  std::vector<Problem> list_;
};

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
  /// A date and time with its zone (RFC 3339), as in 2026-12-01T00:00:00Z.
  void read(std::string_view key, Time& out);
  void read(std::string_view key, std::vector<std::string>& out);
  /// A number of bytes: an integer, or "8MiB", "64KiB".
  void read_bytes(std::string_view key, std::size_t& out);
  /// One of a few words.
  void read_choice(std::string_view key, std::string& out, std::span<const std::string_view> choices);
  /// A list of a few words.
  void read_choices(std::string_view key, std::vector<std::string>& out, std::span<const std::string_view> choices);

  /// A member of any type, marked as known; nullptr where it is missing.
  const toml::node* take(std::string_view key);
  /// A sub-table, or nullptr.
  const toml::table* take_table(std::string_view key);
  /// The tables of [[key]]; none, with the problem noted, where it is written otherwise.
  std::vector<const toml::table*> take_tables(std::string_view key);
  /// A reader of a table within this one, of which problems speak by `name`.
  [[nodiscard]] TableReader inner(const toml::table& table, std::string name) const {
    return {table, std::move(name), file_, problems_};
  }

  [[nodiscard]] bool has(std::string_view key) const { return table_.contains(key); }
  /// Where `key` stands, or the table where it does not.
  [[nodiscard]] Place place(std::string_view key) const;
  [[nodiscard]] std::size_t line() const { return table_.source().begin.line; }
  void problem(std::string_view key, std::string message);

  /// Every key that nobody asked for is a problem that names the nearest known key.
  void finish();

 private:
  const toml::table& table_;
  std::string name_;
  const std::filesystem::path& file_;
  Problems& problems_;
  std::set<std::string, std::less<>> known_;
};

/// The value at `key` as an option of that type and range; an empty one, with the problem noted, when it is not.
OptionValue read_option_value(TableReader& reader, std::string_view key, OptionType type, NumberRange range = {});

/// The parsed file, or nothing with the problem noted.
std::optional<toml::table> parse_file(const std::filesystem::path& file, Problems& problems);
/// The same of a text that is, or will be, the content of `file`.
std::optional<toml::table> parse_text(std::string_view text, const std::filesystem::path& file, Problems& problems);

}  // namespace pw::config
