#include "config/keys/describe.hpp"

#include "config/keys/read_keys.hpp"
#include "config/keys/watchlist_keys.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <spdlog/fmt/fmt.h>
#include <spdlog/fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace pw::config {
namespace {

namespace json = boost::json;

KeyReference made(std::string type, std::string fallback, json::object schema) {
  KeyReference out;
  out.type = std::move(type);
  out.fallback = std::move(fallback);
  out.schema = std::move(schema);
  return out;
}

std::string toml_string(std::string_view text) { return json::serialize(json::string(text)); }

template <class T>
std::string toml_list(const std::vector<T>& values) {
  std::vector<std::string> texts;
  texts.reserve(values.size());
  for (const T& value : values) texts.push_back(toml_string(std::filesystem::path(value).string()));
  return fmt::format("[{}]", fmt::join(texts, ", "));
}

json::array json_list(std::span<const std::string_view> texts) {
  json::array out;
  for (const std::string_view one : texts) out.emplace_back(one);
  return out;
}

std::string number_text(std::int64_t least, std::int64_t most) {
  if (most != kMostNumber) return fmt::format("number from {} to {}", least, most);
  return least == 0 ? "number" : fmt::format("number, at least {}", least);
}

json::object number_schema(std::int64_t least, std::int64_t most, std::int64_t fallback) {
  json::object out{{"type", "integer"}, {"minimum", least}, {"default", fallback}};
  if (most != kMostNumber) out["maximum"] = most;
  return out;
}

json::object string_schema(const Limits& limits, std::string_view fallback) {
  json::object out{{"type", "string"}, {"default", fallback}};
  if (!limits.choices.empty()) out["enum"] = json_list(limits.choices);
  if (limits.form == Form::id) out["pattern"] = "^[a-z0-9._-]{1,64}$";
  if (limits.form == Form::web) out["pattern"] = "^(https?://.*)?$";
  if (limits.need == Need::required || limits.need == Need::checked) out.erase("default");
  return out;
}

json::object table_schema(std::span<const KeyReference> keys) {
  json::object properties;
  for (const KeyReference& key : keys) properties[key.name] = key.schema;
  return {{"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
}

/// { name = "Dana Keller", contact = "dana@example.org" }
std::string inline_table(std::span<const KeyReference> keys) {
  std::vector<std::string> pairs;
  for (const KeyReference& key : keys) {
    pairs.push_back(fmt::format("{} = {}", key.name, key.example.empty() ? key.fallback : key.example));
  }
  return fmt::format("{{ {} }}", fmt::join(pairs, ", "));
}

const json::object kStrings{{"type", "array"}, {"items", json::object{{"type", "string"}}}};

KeyReference describe_option(const OptionSpec& spec) {
  switch (spec.type) {
    case OptionType::url: {
      KeyReference out = made("http or https URL", "", {{"type", "string"}, {"pattern", "^https?://"}});
      out.example = R"("https://news.example/")";
      return out;
    }
    case OptionType::selector: return made("CSS selector", R"("")", {{"type", "string"}});
    case OptionType::flag: return describe_value({}, false);
    case OptionType::list: return describe_value({}, std::vector<std::string>{});
    case OptionType::number: {
      const auto* usual = spec.fallback != nullptr ? std::get_if<std::int64_t>(spec.fallback) : nullptr;
      KeyReference out = made(number_text(spec.range.least, spec.range.most), "",
                              number_schema(spec.range.least, spec.range.most, usual != nullptr ? *usual : 0));
      if (usual != nullptr) out.fallback = fmt::format("{}", *usual);
      return out;
    }
    case OptionType::text: break;
  }
  return made("string", R"("")", {{"type", "string"}});
}

}  // namespace

KeyReference describe_value(const Limits& limits, const std::string& value) {
  std::string type = limits.choices.empty() ? "string" : fmt::format("one of {}", fmt::join(limits.choices, ", "));
  if (limits.form == Form::id) type = "1 to 64 of a-z 0-9 . _ -";
  const bool none = limits.need == Need::required || limits.need == Need::checked;
  return made(std::move(type), none ? "" : toml_string(value), string_schema(limits, value));
}

KeyReference describe_value(const Limits& limits, const std::filesystem::path& value) {
  return made("path", toml_string(value.string()), string_schema(limits, value.string()));
}

KeyReference describe_value(const Limits& limits, const bool& value) {
  if (limits.choices.empty()) {
    return made("true or false", value ? "true" : "false", {{"type", "boolean"}, {"default", value}});
  }
  return describe_value(limits, std::string(limits.choices[value ? 0 : 1]));
}

KeyReference describe_value(const Limits& limits, const std::size_t& value) {
  if (limits.bytes) {
    return made(R"(size, such as 65536, "64KiB" or "8MiB")", size_text(value),
                {{"type", json::array{"integer", "string"}},
                 {"pattern", "^[0-9]{1,9}(KiB|MiB)$"},
                 {"minimum", std::max<std::size_t>(limits.least, 1)},
                 {"default", value}});
  }
  const auto least = static_cast<std::int64_t>(limits.least);
  return made(number_text(least, kMostNumber), fmt::format("{}", value),
              number_schema(least, kMostNumber, static_cast<std::int64_t>(value)));
}

KeyReference describe_value(const Limits& limits, const unsigned& value) {
  return describe_value(limits, std::size_t{value});
}

KeyReference describe_value(const Limits& limits, const double& value) {
  return made(fmt::format("number from {} to {}", limits.least, limits.most), fmt::format("{}", value),
              {{"type", "number"}, {"minimum", limits.least}, {"maximum", limits.most}, {"default", value}});
}

KeyReference describe_value(const Limits& limits, const Milliseconds& value) {
  const std::string least =
      limits.least == 0 ? "" : ", at least " + to_string(Milliseconds{static_cast<Milliseconds::rep>(limits.least)});
  return made(R"(duration, such as "30s", "10m" or "7d")" + least, toml_string(to_string(value)),
              {{"type", "string"}, {"pattern", "^([0-9]+(ms|s|m|h|d|w))+$"}, {"default", to_string(value)}});
}

KeyReference describe_value(const Limits& /*limits*/, const std::optional<Time>& /*value*/) {
  return made("date and time with a time zone, without quotes", "", {{"type", "string"}, {"format", "date-time"}});
}

KeyReference describe_value(const Limits& limits, const std::vector<std::string>& value) {
  json::object schema = kStrings;
  if (!limits.choices.empty()) schema["items"].as_object()["enum"] = json_list(limits.choices);
  if (limits.form == Form::language) schema["items"].as_object()["pattern"] = "^[A-Za-z]{2,3}$";
  schema["default"] = json::array(value.begin(), value.end());
  return made(limits.choices.empty() ? "list of strings" : fmt::format("list of {}", fmt::join(limits.choices, ", ")),
              toml_list(value), std::move(schema));
}

KeyReference describe_value(const Limits& /*limits*/, const std::vector<std::filesystem::path>& value) {
  json::object schema = kStrings;
  json::array fallback;
  for (const std::filesystem::path& one : value) fallback.emplace_back(one.string());
  schema["default"] = std::move(fallback);
  return made("list of strings", toml_list(value), std::move(schema));
}

KeyReference describe_value(const Limits& /*limits*/, const OwnerSettings& value) {
  auto keys = describe<OwnerSettings>(kOwnerKeys, value);
  KeyReference out = made("string, or table of these keys", "",
                          {{"anyOf", json::array{json::object{{"type", "string"}}, table_schema(keys)}}});
  out.example = inline_table(keys);
  out.inner = std::move(keys);
  return out;
}

KeyReference describe_value(const Limits& /*limits*/, const std::optional<ActiveSettings>& value) {
  auto keys = describe<ActiveSettings>(kActiveKeys, value.value_or(ActiveSettings{}));
  KeyReference out = made("table of these keys", "", table_schema(keys));
  out.example = inline_table(keys);
  out.inner = std::move(keys);
  return out;
}

KeyReference describe_value(const Limits& /*limits*/, const std::vector<NameSettings>& /*value*/) {
  const json::object by_language{{"type", "object"},
                                 {"propertyNames", json::object{{"pattern", "^[a-z]{2,3}$"}}},
                                 {"additionalProperties", kStrings}};
  KeyReference out =
      made("table: NAME = list of aliases, or NAME = table of such lists by language", "",
           {{"type", "object"}, {"additionalProperties", json::object{{"anyOf", json::array{kStrings, by_language}}}}});
  out.example = R"({ Tbilisi = ["Tiflis"], Georgia = { ru = ["Грузи*"], de = ["Georgien"] } })";
  return out;
}

KeyReference describe_value(const Limits& /*limits*/, const std::optional<OptionValue>& /*value*/) {
  return made("a value of the option's type", "", {});
}

std::vector<KeyReference> joined(std::vector<KeyReference> first, std::vector<KeyReference> second) {
  first.insert(first.end(), std::make_move_iterator(second.begin()), std::make_move_iterator(second.end()));
  return first;
}

std::vector<KeyReference> describe(std::span<const OptionSpec> specs) {
  std::vector<KeyReference> out;
  for (const OptionSpec& spec : specs) {
    KeyReference one = describe_option(spec);
    one.name = spec.name;
    one.help = spec.help;
    if (spec.required) one.need = Need::checked;
    one.schema["description"] = spec.help;
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace pw::config
