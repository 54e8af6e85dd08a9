#include "config/list_rules.hpp"

#include <algorithm>
#include <utility>

namespace pw::config {
namespace {

template <class T>
void read_optional(TableReader& reader, std::string_view key, std::optional<T>& out) {
  T value{};
  reader.read(key, value);
  if (reader.has(key)) out = std::move(value);
}

/// "Dana Keller", or { name = "Dana Keller", contact = "desk@example.org" }.
void read_owner(TableReader& reader, const std::filesystem::path& file, Problems& problems,
                std::optional<OwnerSettings>& out) {
  const toml::node* node = reader.take("owner");
  if (node == nullptr) return;
  OwnerSettings owner;
  if (!node->is_table()) {
    reader.read("owner", owner.name);
  } else {
    TableReader inner(*node->as_table(), "owner", file, problems);
    inner.read("name", owner.name);
    inner.read("contact", owner.contact);
    inner.finish();
  }
  out = std::move(owner);
}

void read_active(TableReader& reader, const std::filesystem::path& file, Problems& problems,
                 std::optional<ActiveSettings>& out) {
  const toml::table* table = reader.take_table("active");
  if (table == nullptr) return;
  TableReader inner(*table, "active", file, problems);
  ActiveSettings active;
  active.place = reader.place("active");
  std::string outside = "hold";
  inner.read("hours", active.hours);
  inner.read("days", active.days);
  inner.read("timezone", active.timezone);
  inner.read_choice("outside", outside, {"hold", "quiet"});
  active.hold = outside == "hold";
  inner.finish();
  out = std::move(active);
}

template <class T>
void set(const std::optional<T>& from, T& to) {
  if (from) to = *from;
}

}  // namespace

ListRules read_rules(TableReader& reader, const std::filesystem::path& file, Problems& problems) {
  ListRules rules;
  read_owner(reader, file, problems, rules.owner);
  read_active(reader, file, problems, rules.active);
  read_optional(reader, "mute_until", rules.mute_until);
  std::string priority = "normal";
  reader.read_choice("priority", priority, {"low", "normal", "high"});
  if (reader.has("priority")) rules.priority = std::move(priority);
  read_optional(reader, "languages", rules.languages);
  read_optional(reader, "sources", rules.sources);
  rules.sources_place = reader.place("sources");
  std::vector<std::string> fields;
  reader.read_choices("fields", fields, {"title", "lead", "text"});
  if (reader.has("fields")) rules.fields = std::move(fields);
  double score = 0;
  reader.read("min_score", score, 0, 100);
  if (reader.has("min_score")) rules.min_score = score;
  std::size_t mentions = 1;
  reader.read("min_mentions", mentions, std::size_t{1});
  if (reader.has("min_mentions")) rules.min_mentions = mentions;
  read_optional(reader, "per_story", rules.per_story);
  read_optional(reader, "enabled", rules.enabled);
  return rules;
}

void apply_rules(const ListRules& rules, WatchlistSettings& list) {
  set(rules.owner, list.owner);
  if (rules.active) list.active = rules.active;
  if (rules.mute_until) list.mute_until = std::max(list.mute_until.value_or(*rules.mute_until), *rules.mute_until);
  set(rules.priority, list.priority);
  set(rules.languages, list.languages);
  if (rules.sources) {
    list.sources = *rules.sources;
    list.sources_place = rules.sources_place;
  }
  set(rules.fields, list.fields);
  set(rules.min_score, list.min_score);
  set(rules.min_mentions, list.min_mentions);
  set(rules.per_story, list.per_story);
  list.enabled = list.enabled && rules.enabled.value_or(true);
}

}  // namespace pw::config
