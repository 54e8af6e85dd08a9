#include "config/keys/reference.hpp"

#include "config/keys/main_keys.hpp"
#include "core/text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <spdlog/fmt/fmt.h>
#include <spdlog/fmt/ranges.h>

namespace pw::config {
namespace {

namespace json = boost::json;

constexpr std::size_t kWidth = 100;  // columns of the sample's comments

std::string toml_string(std::string_view text) { return json::serialize(json::string(text)); }

std::string size_text(std::size_t bytes) {
  constexpr std::size_t kMiB = std::size_t{1} << 20U;
  constexpr std::size_t kKiB = std::size_t{1} << 10U;
  if (bytes % kMiB == 0) return fmt::format("\"{}MiB\"", bytes / kMiB);
  if (bytes % kKiB == 0) return fmt::format("\"{}KiB\"", bytes / kKiB);
  return fmt::format("{}", bytes);
}

// A value as TOML writes it.
std::string toml_text(const Limits& /*limits*/, const std::string& value) { return toml_string(value); }
std::string toml_text(const Limits& /*limits*/, const std::filesystem::path& value) {
  return toml_string(value.string());
}
std::string toml_text(const Limits& /*limits*/, bool value) { return value ? "true" : "false"; }
std::string toml_text(const Limits& /*limits*/, unsigned value) { return fmt::format("{}", value); }
std::string toml_text(const Limits& limits, std::size_t value) {
  return limits.bytes ? size_text(value) : fmt::format("{}", value);
}
std::string toml_text(const Limits& /*limits*/, Milliseconds value) { return toml_string(to_string(value)); }

template <class T>
std::string toml_text(const Limits& limits, const std::vector<T>& values) {
  std::vector<std::string> texts;
  texts.reserve(values.size());
  for (const T& value : values) texts.push_back(toml_text(limits, value));
  return fmt::format("[{}]", fmt::join(texts, ", "));
}

// The type of a value, for people.
std::string type_text(const Limits& limits, const std::string& /*value*/) {
  return limits.choices.empty() ? "string" : fmt::format("one of {}", fmt::join(limits.choices, ", "));
}
std::string type_text(const Limits& /*limits*/, const std::filesystem::path& /*value*/) { return "path"; }
std::string type_text(const Limits& /*limits*/, bool /*value*/) { return "true or false"; }
std::string type_text(const Limits& limits, unsigned /*value*/) {
  return limits.least == 0 ? "number" : fmt::format("number, at least {}", limits.least);
}
std::string type_text(const Limits& limits, std::size_t /*value*/) {
  return limits.bytes ? "size, such as 65536, \"64KiB\" or \"8MiB\"" : type_text(limits, 0U);
}
std::string type_text(const Limits& limits, Milliseconds /*value*/) {
  const std::string least =
      limits.least == 0 ? "" : ", at least " + to_string(Milliseconds{static_cast<Milliseconds::rep>(limits.least)});
  return "duration, such as \"30s\", \"10m\" or \"7d\"" + least;
}
template <class T>
std::string type_text(const Limits& /*limits*/, const std::vector<T>& /*value*/) {
  return "list of strings";
}

// The schema of a value.
json::object schema_of(const Limits& limits, const std::string& value) {
  json::object out{{"type", "string"}, {"default", value}};
  if (limits.choices.empty()) return out;
  json::array choices;
  for (const std::string_view one : limits.choices) choices.emplace_back(one);
  out["enum"] = std::move(choices);
  return out;
}
json::object schema_of(const Limits& /*limits*/, const std::filesystem::path& value) {
  return {{"type", "string"}, {"default", value.string()}};
}
json::object schema_of(const Limits& /*limits*/, bool value) { return {{"type", "boolean"}, {"default", value}}; }
json::object schema_of(const Limits& limits, std::size_t value) {
  if (!limits.bytes) return {{"type", "integer"}, {"minimum", limits.least}, {"default", value}};
  return {{"type", json::array{"integer", "string"}},
          {"pattern", "^[0-9]{1,9}(KiB|MiB)$"},
          {"minimum", 1},
          {"default", value}};
}
json::object schema_of(const Limits& limits, unsigned value) { return schema_of(limits, std::size_t{value}); }
json::object schema_of(const Limits& /*limits*/, Milliseconds value) {
  return {{"type", "string"}, {"pattern", "^([0-9]+(ms|s|m|h|d|w))+$"}, {"default", to_string(value)}};
}
template <class T>
json::object schema_of(const Limits& /*limits*/, const std::vector<T>& values) {
  json::array fallback;
  for (const T& value : values) fallback.emplace_back(std::filesystem::path(value).string());
  return {{"type", "array"}, {"items", json::object{{"type", "string"}}}, {"default", std::move(fallback)}};
}

/// Words filled into lines that begin with "# ".
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

/// man(7): a backslash, and a dot or an apostrophe that begins a line, would be read as markup.
std::string roff(std::string_view text) {
  std::string out = text.starts_with('.') || text.starts_with('\'') ? "\\&" : "";
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

std::string main_sample() {
  std::string out =
      "# presswatch, as a system service. Every key may be left out: the values shown are the defaults.\n"
      "# To change one, remove the \"# \" before it. `presswatch check` reports every error with its line; after a "
      "change\n"
      "# run `presswatch reload`. presswatch.toml(5) describes each key.\n";
  each_section(Settings{}, [&](const auto& section, const auto& defaults) {
    out += fmt::format("\n{}[{}]\n", comment(section.help), section.name);
    for (const auto& key : section.keys) {
      const std::string value =
          std::visit([&](auto member) { return toml_text(key.limits, defaults.*member); }, key.member);
      out += fmt::format("\n{}# {} = {}\n", comment(key.help), key.name, value);
    }
  });
  return out;
}

std::string main_manual() {
  std::string out = ".TH PRESSWATCH.TOML 5 \"\" \"presswatch " PW_VERSION
                    "\" \"File formats\"\n"
                    ".SH NAME\npresswatch.toml \\- configuration of presswatchd\n"
                    ".SH DESCRIPTION\n"
                    "The main configuration file, in TOML, usually\n.IR /etc/presswatch/presswatch.toml .\n"
                    "Every key may be left out. An unknown key is an error. Sources, watchlists and names have files "
                    "of their own in folders\n"
                    "beside it.\n"
                    ".PP\nAfter a change, run\n.BR \"presswatch check\" ,\nthen\n.BR \"presswatch reload\" .\n"
                    "Keys that need a restart are marked; a reload that changes one says so.\n";
  each_section(Settings{}, [&](const auto& section, const auto& defaults) {
    out += fmt::format(".SH [{}]\n{}\n", section.name, roff(section.help));
    for (const auto& key : section.keys) {
      const auto [type, value] = std::visit(
          [&](auto member) {
            return std::pair(type_text(key.limits, defaults.*member), toml_text(key.limits, defaults.*member));
          },
          key.member);
      out += fmt::format(".TP\n.B {}\n{}\n.br\nType: {}. Default: {}.{}\n", roff(key.name), roff(key.help), roff(type),
                         roff(value), key.change == Change::restart ? " Needs a restart." : "");
    }
  });
  return out + ".SH SEE ALSO\n.BR presswatchd (8),\n.BR presswatch (1)\n";
}

std::string main_schema() {
  json::object sections;
  each_section(Settings{}, [&](const auto& section, const auto& defaults) {
    json::object keys;
    for (const auto& key : section.keys) {
      json::object one = std::visit([&](auto member) { return schema_of(key.limits, defaults.*member); }, key.member);
      one["description"] = key.help;
      keys[key.name] = std::move(one);
    }
    sections[section.name] = json::object{{"type", "object"},
                                          {"description", section.help},
                                          {"additionalProperties", false},
                                          {"properties", std::move(keys)}};
  });
  const json::object out{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                         {"title", "presswatch.toml"},
                         {"type", "object"},
                         {"additionalProperties", false},
                         {"properties", std::move(sections)}};
  return json::serialize(out) + '\n';
}

std::vector<std::string> restart_needed(const Settings& running, const Settings& fresh) {
  std::vector<std::string> out;
  each_section(running, [&](const auto& section, const auto& before) {
    each_section(fresh, [&](const auto& other, const auto& after) {
      if constexpr (std::is_same_v<decltype(section), decltype(other)>) {
        for (const auto& key : section.keys) {
          if (key.change != Change::restart) continue;
          const bool same = std::visit([&](auto member) { return before.*member == after.*member; }, key.member);
          if (!same) out.push_back(fmt::format("{}.{}", section.name, key.name));
        }
      }
    });
  });
  return out;
}

}  // namespace pw::config
