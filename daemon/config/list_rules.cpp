#include "config/list_rules.hpp"

#include "config/keys/read_keys.hpp"
#include "config/keys/watchlist_keys.hpp"

#include <algorithm>

namespace pw::config {
namespace {

bool holds(std::span<const std::string_view> names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

std::vector<std::string_view> read_rules(TableReader& in, ListRules& out) {
  read_keys<ListRules>(in, kRuleKeys, out);
  out.sources_place = in.place("sources");
  std::vector<std::string_view> given;
  for (const Key<ListRules>& key : kRuleKeys) {
    if (in.has(key.name)) given.push_back(key.name);
  }
  return given;
}

void inherit(const GroupSettings& group, std::span<const std::string_view> given, ListRules& list) {
  for (const Key<ListRules>& key : kRuleKeys) {
    if (!holds(group.given, key.name) || holds(given, key.name)) continue;
    std::visit([&](auto member) { list.*member = group.rules.*member; }, key.member);
    if (key.name == "sources") list.sources_place = group.rules.sources_place;
  }
  if (group.rules.mute_until) {
    list.mute_until = std::max(list.mute_until.value_or(*group.rules.mute_until), *group.rules.mute_until);
  }
  list.enabled = list.enabled && group.rules.enabled;
}

}  // namespace pw::config
