#include "config/keys/reference.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

namespace pw::config {
namespace {

using Shape = TableReference::Shape;

constexpr std::size_t kWidth = 100;  // columns of comments

/// Wraps the text into lines that start with "# ".
std::string comment(std::string_view text) {
  std::string out;
  std::string line = "#";
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (line.size() + 1 + end > kWidth) {
      out += line + '\n';
      line = "#";
    }
    line += ' ';
    line += text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out + line + '\n';
}

std::string heading(const TableReference& table) {
  switch (table.shape) {
    case Shape::table: return fmt::format("[{}]\n", table.name);
    case Shape::list: return fmt::format("[[{}]]\n", table.name);
    case Shape::map: return fmt::format("[{}.example]\n", table.name);
    case Shape::root: break;
  }
  return "";
}

/// `live` keys are not commented out.
std::string entry(const KeyReference& key, bool live) {
  return fmt::format("\n{}{}{} = {}\n", comment(key.help), live ? "" : "# ", key.name,
                     key.example.empty() ? key.fallback : key.example);
}

std::string entries(std::span<const KeyReference> keys) {
  std::string out;
  bool chosen = false;
  for (const KeyReference& key : keys) {
    const bool first = key.need == Need::one_of && !std::exchange(chosen, true);
    out += entry(key, first || key.need == Need::required || key.need == Need::checked);
  }
  return out;
}

std::string variant(const TableReference& table, const VariantReference& one) {
  std::string out = fmt::format("\n{}# {}# id = \"example-{}\"\n# {} = \"{}\"\n", comment(one.help), heading(table),
                                one.value, one.key, one.value);
  for (const KeyReference& key : one.keys) out += entry(key, false);
  return out;
}

std::string table_sample(const TableReference& table) {
  std::string out = table.help.empty() ? "" : '\n' + comment(table.help);
  out += heading(table) + entries(table.keys);
  // The first variant is the one whose keys belong to the examples above.
  for (std::size_t i = 0; i < table.variants.size(); ++i) {
    out += i == 0 ? entries(table.variants[i].keys) : variant(table, table.variants[i]);
  }
  return out;
}

}  // namespace

std::string sample(const FileReference& file) {
  std::string out = fmt::format(
      "# {}\n# To change one, remove the \"# \" before it. `presswatch check` reports every error with its line; after "
      "a "
      "change\n# run `presswatch reload`. presswatch.toml(5) describes each key.\n",
      file.help);
  for (const TableReference& table : file.tables) out += table_sample(table);
  return out;
}

}  // namespace pw::config
