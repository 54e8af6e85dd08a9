#include "rules_plugin.hpp"

#include "builtin.hpp"
#include "config/table_reader.hpp"
#include "core/codec/percent.hpp"
#include "core/text.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>

namespace pw::plugins {
namespace {

using config::OptionType;

struct Rules {
  const source::Plugin* base = nullptr;
  std::map<std::string, config::OptionValue> values;
  std::shared_ptr<const source::Package> package;
};

std::string value_of(const config::OptionSpec& spec, const config::Options& given) {
  switch (spec.type) {
    case OptionType::number: return given.has(spec.name) ? std::to_string(given.number(spec.name, 0)) : "";
    case OptionType::flag: return given.flag(spec.name, false) ? "true" : "false";
    case OptionType::list: {
      std::string out;
      for (const std::string& one : given.list(spec.name)) out += (out.empty() ? "" : ",") + one;
      return out;
    }
    default: return given.text(spec.name);
  }
}

/// Unknown placeholders are kept, because they may belong to the built-in plugin.
std::string fill(std::string text, bool is_address, const source::Package& package, const config::Options& given) {
  for (const config::OptionSpec& spec : package.options) {
    const std::string hole = fmt::format("{{{}}}", spec.name);
    std::string value = value_of(spec, given);
    if (is_address && spec.type != OptionType::url) value = escape_value(value);
    for (std::size_t at = text.find(hole); at != std::string::npos; at = text.find(hole, at + value.size())) {
      text.replace(at, hole.size(), value);
    }
  }
  return text;
}

config::SourceSettings filled(const Rules& rules, const config::SourceSettings& given) {
  config::SourceSettings out = given;
  out.plugin = rules.base->name;
  out.options = {};
  for (const auto& [name, value] : rules.values) {
    if (const auto* text = std::get_if<std::string>(&value)) {
      std::string done = fill(*text, name == "url", *rules.package, given.options);
      const bool web = done.starts_with("http://") || done.starts_with("https://");
      if (name == "url" && !web) {
        throw std::invalid_argument(
            fmt::format("url becomes \"{}\", which is not an http or https URL", printable(done)));
      }
      out.options.set(name, std::move(done));
    } else if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
      std::vector<std::string> done;
      for (const std::string& one : *list) done.push_back(fill(one, false, *rules.package, given.options));
      out.options.set(name, std::move(done));
    } else {
      out.options.set(name, value);
    }
  }
  return out;
}

const source::Plugin* find_base(config::TableReader& in) {
  std::string name;
  in.read("plugin", name);
  const auto found = std::ranges::find(builtin(), name, &source::Plugin::name);
  if (found != builtin().end()) return &*found;
  std::string names;
  for (const source::Plugin& one : builtin()) names += (names.empty() ? "" : ", ") + std::string(one.name);
  in.problem("plugin", fmt::format("must be one of {}", names));
  return nullptr;
}

void read_rules(const toml::table& table, const std::filesystem::path& file, config::Problems& problems, Rules& rules) {
  config::TableReader in(table, "source", file, problems);
  rules.base = find_base(in);
  if (rules.base == nullptr) return;
  for (const config::OptionSpec& spec : rules.base->options) {
    if (!in.has(spec.name)) {
      in.take(spec.name);
      if (spec.required) in.problem(spec.name, fmt::format("is missing: {}", spec.help));
      continue;
    }
    // URLs and selectors can only be validated after their placeholders have been filled in.
    const bool is_text = spec.type == OptionType::url || spec.type == OptionType::selector;
    rules.values.emplace(spec.name,
                         config::read_option_value(in, spec.name, is_text ? OptionType::text : spec.type, spec.range));
  }
  in.finish();
}

}  // namespace

Result<source::Plugin> make_rules_plugin(const std::shared_ptr<const source::Package>& package) {
  const std::filesystem::path file = package->folder / "plugin.toml";
  config::Problems problems;
  auto rules = std::make_shared<Rules>();
  rules->package = package;
  if (const auto root = config::parse_file(file, problems)) {
    const toml::table* table = (*root)["source"].as_table();
    if (table == nullptr) {
      problems.add(file, "a plugin of kind toml needs a [source] table");
    } else {
      read_rules(*table, file, problems, *rules);
    }
  }
  if (!problems.list().empty()) {
    std::string all;
    for (const config::Problem& one : problems.list()) all += (all.empty() ? "" : "\n") + one.text();
    return fail(Errc::config, "{}", all);
  }
  source::Plugin out;
  out.name = package->name;
  out.summary = package->summary;
  out.options = package->options;
  out.body = rules->base->body;
  out.package = package;
  out.make = [rules](const config::SourceSettings& settings) { return rules->base->make(filled(*rules, settings)); };
  return out;
}

}  // namespace pw::plugins
