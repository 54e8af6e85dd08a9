#include "config/keys/read_keys.hpp"

#include "config/keys/watchlist_keys.hpp"
#include "core/text.hpp"
#include "query/languages.hpp"

#include <spdlog/fmt/fmt.h>
#include <spdlog/fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace pw::config {
namespace {

void check_form(TableReader& in, std::string_view name, Form form, const std::string& text) {
  if (form == Form::id && !is_id(text)) in.problem(name, "must be 1 to 64 of a-z 0-9 . _ -");
  if (form == Form::web && !text.empty() && !is_web(text)) in.problem(name, "must be an http or https URL");
}

/// What to write instead of a language that does not exist.
std::string language_hint(std::string_view text) {
  const auto meant = query::language_meant(text);
  return meant ? fmt::format("did you mean \"{}\"?", *meant) : "use a code of ISO 639, such as \"en\" or \"fa\"";
}

/// Replaces languages by the codes that articles have, and reports those that do not exist.
void settle_languages(TableReader& in, std::string_view name, std::vector<std::string>& languages) {
  std::vector<std::string> out;
  for (const std::string& one : languages) {
    const auto code = query::language_code_of(one);
    if (!code) in.problem(name, fmt::format("has an unknown language \"{}\"; {}", printable(one), language_hint(one)));
    for (std::string& accepted : query::accepted_languages(code.value_or(one))) {
      if (std::ranges::find(out, accepted) == out.end()) out.push_back(std::move(accepted));
    }
  }
  languages = std::move(out);
}

/// The language of aliases. "mul" stands for several, whose forms are not known.
std::string alias_language(TableReader& in, std::string_view key) {
  constexpr std::string_view kSeveral = "mul";
  const auto code = key == kSeveral ? std::string(kSeveral) : query::language_code_of(key);
  if (!code) in.problem(key, "is an unknown language; " + language_hint(key));
  return code.value_or(std::string(key));
}

/// NAME = ["alias", …], or a table of such lists keyed by language.
NameSettings read_name(TableReader& in, std::string_view key, const toml::node& node) {
  NameSettings one{std::string(key), {}, in.place(key)};
  std::vector<std::string> texts;
  if (!node.is_table()) {
    in.read(key, texts);
    for (std::string& text : texts) one.aliases.push_back({std::move(text), ""});
  } else {
    TableReader inner = in.inner(*in.take_table(key), std::string(key));
    for (const auto& [language, list] : *node.as_table()) {
      inner.read(language.str(), texts);
      const std::string code = alias_language(inner, language.str());
      for (std::string& text : texts) one.aliases.push_back({std::move(text), code});
    }
  }
  if (one.aliases.empty()) in.problem(key, "needs at least one alias");
  return one;
}

}  // namespace

void read_value(TableReader& in, std::string_view name, const Limits& limits, std::string& out) {
  if (limits.choices.empty()) {
    in.read(name, out);
  } else {
    in.read_choice(name, out, limits.choices);
  }
  check_form(in, name, limits.form, out);
}

void read_value(TableReader& in, std::string_view name, const Limits& /*limits*/, std::filesystem::path& out) {
  in.read(name, out);
}

void read_value(TableReader& in, std::string_view name, const Limits& limits, bool& out) {
  if (limits.choices.empty()) {
    in.read(name, out);
    return;
  }
  std::string word(limits.choices[out ? 0 : 1]);
  in.read_choice(name, word, limits.choices);
  out = word == limits.choices[0];
}

void read_value(TableReader& in, std::string_view name, const Limits& limits, unsigned& out) {
  in.read(name, out, static_cast<unsigned>(limits.least));
}

void read_value(TableReader& in, std::string_view name, const Limits& limits, std::size_t& out) {
  if (!limits.bytes) {
    in.read(name, out, limits.least);
    return;
  }
  in.read_bytes(name, out);
  if (out < limits.least) in.problem(name, "must be at least " + size_text(limits.least));
}

void read_value(TableReader& in, std::string_view name, const Limits& limits, double& out) {
  in.read(name, out, static_cast<double>(limits.least), static_cast<double>(limits.most));
}

void read_value(TableReader& in, std::string_view name, const Limits& limits, Milliseconds& out) {
  in.read(name, out);
  const Milliseconds least{static_cast<Milliseconds::rep>(limits.least)};
  if (out < least) in.problem(name, fmt::format("must be at least \"{}\"", to_string(least)));
}

void read_value(TableReader& in, std::string_view name, const Limits& /*limits*/, std::optional<Time>& out) {
  Time time{};
  in.read(name, time);
  if (in.has(name)) out = time;
}

void read_value(TableReader& in, std::string_view name, const Limits& limits, std::vector<std::string>& out) {
  if (limits.choices.empty()) {
    in.read(name, out);
  } else {
    in.read_choices(name, out, limits.choices);
  }
  if (limits.form == Form::language) settle_languages(in, name, out);
}

void read_value(TableReader& in, std::string_view name, const Limits& /*limits*/,
                std::vector<std::filesystem::path>& out) {
  std::vector<std::string> texts;
  in.read(name, texts);
  if (in.has(name)) out.assign(texts.begin(), texts.end());
}

void read_value(TableReader& in, std::string_view name, const Limits& /*limits*/, OwnerSettings& out) {
  const toml::node* node = in.take(name);
  if (node == nullptr) return;
  out = {};
  if (!node->is_table()) {
    in.read(name, out.name);
    return;
  }
  TableReader inner = in.inner(*node->as_table(), std::string(name));
  read_keys<OwnerSettings>(inner, kOwnerKeys, out);
  inner.finish();
}

void read_value(TableReader& in, std::string_view name, const Limits& /*limits*/, std::optional<ActiveSettings>& out) {
  const toml::table* table = in.take_table(name);
  if (table == nullptr) return;
  TableReader inner = in.inner(*table, std::string(name));
  ActiveSettings active;
  active.place = in.place(name);
  read_keys<ActiveSettings>(inner, kActiveKeys, active);
  inner.finish();
  out = std::move(active);
}

void read_value(TableReader& in, std::string_view name, const Limits& /*limits*/, std::vector<NameSettings>& out) {
  const toml::table* table = in.take_table(name);
  if (table == nullptr) return;
  TableReader inner = in.inner(*table, std::string(name));
  for (const auto& [key, node] : *table) out.push_back(read_name(inner, key.str(), node));
}

void read_value(TableReader& in, std::string_view name, const Limits& /*limits*/, std::optional<OptionValue>& /*out*/) {
  in.take(name);
}

void check_need(TableReader& in, std::string_view name, const Limits& limits, std::string_view help) {
  if (limits.need != Need::required || in.has(name)) return;
  in.problem(name, limits.choices.empty() ? fmt::format("is missing: {}", help)
                                          : fmt::format("is missing; use one of {}", fmt::join(limits.choices, ", ")));
}

bool is_id(std::string_view text) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  };
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, allowed);
}

bool is_web(std::string_view text) { return text.starts_with("http://") || text.starts_with("https://"); }

std::string size_text(std::size_t bytes) {
  constexpr std::size_t kMiB = std::size_t{1} << 20U;
  constexpr std::size_t kKiB = std::size_t{1} << 10U;
  if (bytes > 0 && bytes % kMiB == 0) return fmt::format("\"{}MiB\"", bytes / kMiB);
  if (bytes > 0 && bytes % kKiB == 0) return fmt::format("\"{}KiB\"", bytes / kKiB);
  return fmt::format("{}", bytes);
}

}  // namespace pw::config
