#include "config/table_reader.hpp"

#include "config/keys/read_keys.hpp"
#include "core/text.hpp"

#include <spdlog/fmt/fmt.h>
#include <spdlog/fmt/ranges.h>

#include <algorithm>

namespace pw::config {

Place place_at(const std::filesystem::path& file, const toml::source_region& source) {
  return {file, source.begin.line, source.begin.column};
}

const toml::node* TableReader::take(std::string_view key) {
  known_.emplace(key);
  return table_.get(key);
}

const toml::table* TableReader::take_table(std::string_view key) {
  const toml::node* node = take(key);
  if (node == nullptr) return nullptr;
  if (!node->is_table()) problem(key, "must be a table");
  return node->as_table();
}

std::vector<const toml::table*> TableReader::take_tables(std::string_view key) {
  std::vector<const toml::table*> out;
  const toml::node* node = take(key);
  if (node == nullptr) return out;
  if (!node->is_array_of_tables()) {
    problem(key, fmt::format("must be written as [[{}]]", key));
    return out;
  }
  for (const toml::node& one : *node->as_array()) out.push_back(one.as_table());
  return out;
}

Place TableReader::place(std::string_view key) const {
  const toml::node* node = table_.get(key);
  return node != nullptr ? place_at(file_, node->source()) : place();
}

Place TableReader::place() const { return place_at(file_, table_.source()); }

Place TableReader::content_place(std::string_view key) const {
  Place out = place(key);
  const toml::node* node = table_.get(key);
  const auto text = node != nullptr ? node->value_exact<std::string_view>() : std::nullopt;
  if (!text) return out;
  constexpr std::size_t kQuotes = 3;  // of a string that may have several lines
  const toml::source_region& source = node->source();
  const auto breaks = static_cast<std::size_t>(std::ranges::count(*text, '\n'));
  const std::size_t lines = source.end.line - source.begin.line;
  if (lines > breaks) return {out.file, out.line + 1, 1};  // a line break after the opening quotes is not part of it
  const bool is_long = lines > 0 || source.end.column - source.begin.column == code_points(*text) + 2 * kQuotes;
  out.column += is_long ? kQuotes : 1;
  return out;
}

std::string_view TableReader::text(std::string_view key) const { return table_[key].value_or(std::string_view()); }

void TableReader::problem(std::string_view key, std::string message) {
  const std::string_view dot = name_.empty() ? "" : ".";
  problems_.add(place(key), fmt::format("{}{}{} {}", name_, dot, key, message));
}

void TableReader::read(std::string_view key, std::string& out) {
  const toml::node* node = take(key);
  if (node == nullptr) return;
  if (const auto value = node->value_exact<std::string>()) {
    out = *value;
  } else {
    problem(key, "must be a string in quotes");
  }
}

void TableReader::read(std::string_view key, std::filesystem::path& out) {
  std::string text = out.string();
  read(key, text);
  out = text;
}

void TableReader::read(std::string_view key, bool& out) {
  const toml::node* node = take(key);
  if (node == nullptr) return;
  if (const auto value = node->value_exact<bool>()) {
    out = *value;
  } else {
    problem(key, "must be true or false");
  }
}

void TableReader::read(std::string_view key, std::int64_t& out, std::int64_t least, std::int64_t most) {
  const toml::node* node = take(key);
  if (node == nullptr) return;
  const auto value = node->value_exact<std::int64_t>();
  if (value && *value >= least && *value <= most) {
    out = *value;
  } else {
    problem(key, fmt::format("must be a whole number from {} to {}", least, most));
  }
}

void TableReader::read(std::string_view key, unsigned& out, unsigned least) {
  std::int64_t value = out;
  read(key, value, least, kMostNumber);
  out = static_cast<unsigned>(value);
}

void TableReader::read(std::string_view key, std::size_t& out, std::size_t least) {
  auto value = static_cast<std::int64_t>(out);
  read(key, value, static_cast<std::int64_t>(least), kMostNumber);
  out = static_cast<std::size_t>(value);
}

void TableReader::read(std::string_view key, Milliseconds& out) {
  const toml::node* node = take(key);
  if (node == nullptr) return;
  const auto text = node->value_exact<std::string>();
  const auto duration = text ? parse_duration(*text) : std::nullopt;
  if (duration) {
    out = *duration;
  } else {
    problem(key, "must be a duration such as \"30s\", \"10m\", \"2h\" or \"7d\"");
  }
}

void TableReader::read(std::string_view key, double& out, double least, double most) {
  const toml::node* node = take(key);
  if (node == nullptr) return;
  const auto value = node->value<double>();
  if (value && *value >= least && *value <= most) {
    out = *value;
  } else {
    problem(key, fmt::format("must be a number from {} to {}", least, most));
  }
}

void TableReader::read(std::string_view key, Time& out) {
  const toml::node* node = take(key);
  if (node == nullptr) return;
  const auto value = node->value_exact<toml::date_time>();
  if (!value || !value->offset) {
    problem(key, "must be a date and time with its zone, without quotes: 2026-12-01T00:00:00Z or …+04:00");
    return;
  }
  using namespace std::chrono;
  const toml::date& date = value->date;
  const toml::time& time = value->time;
  out = sys_days{year{date.year} / date.month / date.day} + hours{time.hour} + minutes{time.minute} +
        seconds{time.second} - minutes{value->offset->minutes};
}

void TableReader::read(std::string_view key, std::vector<std::string>& out) {
  const toml::node* node = take(key);
  if (node == nullptr) return;
  const toml::array* array = node->as_array();
  if (array == nullptr || !std::ranges::all_of(*array, [](const toml::node& one) { return one.is_string(); })) {
    problem(key, "must be a list of strings, as in [\"one\", \"two\"]");
    return;
  }
  out.clear();
  for (const toml::node& one : *array) out.push_back(*one.value_exact<std::string>());
}

void TableReader::read_bytes(std::string_view key, std::size_t& out) {
  const toml::node* node = take(key);
  if (node == nullptr) return;
  if (const auto text = node->value_exact<std::string>()) {
    std::size_t digits = 0;
    std::size_t value = 0;
    while (digits < text->size() && digits < 9 && (*text)[digits] >= '0' && (*text)[digits] <= '9') {
      value = value * 10 + static_cast<std::size_t>((*text)[digits++] - '0');
    }
    const std::string unit = text->substr(digits);
    const bool known = digits > 0 && (unit == "KiB" || unit == "MiB");
    if (known) {
      out = value << (unit == "KiB" ? 10U : 20U);
      return;
    }
  } else if (node->is_integer()) {
    read(key, out, std::size_t{1});
    return;
  }
  problem(key, "must be a size such as 65536, \"64KiB\" or \"8MiB\"");
}

void TableReader::read_choice(std::string_view key, std::string& out, std::span<const std::string_view> choices) {
  const toml::node* node = take(key);
  if (node == nullptr) return;
  std::string value;
  read(key, value);
  if (!node->is_string()) return;
  if (std::ranges::find(choices, value) != choices.end()) {
    out = std::move(value);
    return;
  }
  const std::string_view near = nearest_name(value, choices);
  problem(key, fmt::format("must be one of {}, not \"{}\"{}", fmt::join(choices, ", "), printable(value),
                           near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near)));
}

void TableReader::read_choices(std::string_view key, std::vector<std::string>& out,
                               std::span<const std::string_view> choices) {
  read(key, out);
  for (const std::string& one : out) {
    if (std::ranges::find(choices, one) != choices.end()) continue;
    const std::string_view near = nearest_name(one, choices);
    problem(key, near.empty() ? fmt::format("knows {}, not \"{}\"", fmt::join(choices, ", "), printable(one))
                              : fmt::format("has no \"{}\"; did you mean \"{}\"?", printable(one), near));
  }
}

void TableReader::finish() {
  for (const auto& [key, node] : table_) {
    if (known_.contains(key.str())) continue;
    const std::string_view near = nearest_name(key.str(), known_);
    const std::string hint = near.empty() ? fmt::format("known here: {}", fmt::join(known_, ", "))
                                          : fmt::format("did you mean \"{}\"?", near);
    const std::string where = name_.empty() ? "" : fmt::format(" in {}", name_);
    problems_.add(place_at(file_, key.source()),
                  fmt::format("unknown key \"{}\"{}; {}", printable(key.str()), where, hint));
  }
}

OptionValue read_option_value(TableReader& reader, std::string_view key, OptionType type, NumberRange range) {
  switch (type) {
    case OptionType::text:
    case OptionType::selector:
    case OptionType::url: {
      std::string text;
      reader.read(key, text);
      if (type == OptionType::url && !is_web(text)) reader.problem(key, "must be an http or https URL");
      return text;
    }
    case OptionType::number: {
      std::int64_t number = 0;
      reader.read(key, number, range.least, range.most);
      return number;
    }
    case OptionType::flag: {
      bool flag = false;
      reader.read(key, flag);
      return flag;
    }
    case OptionType::list: break;
  }
  std::vector<std::string> list;
  reader.read(key, list);
  return list;
}

std::optional<toml::table> parse_file(const std::filesystem::path& file, Problems& problems) {
  try {
    return toml::parse_file(file.string());
  } catch (const toml::parse_error& error) {
    problems.add(place_at(file, error.source()), printable(error.description()));
    return std::nullopt;
  }
}

std::optional<toml::table> parse_text(std::string_view text, const std::filesystem::path& file, Problems& problems) {
  try {
    return toml::parse(text, file.string());
  } catch (const toml::parse_error& error) {
    problems.add(place_at(file, error.source()), printable(error.description()));
    return std::nullopt;
  }
}

}  // namespace pw::config
