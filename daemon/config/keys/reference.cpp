#include "config/keys/reference.hpp"

#include "config/keys/main_keys.hpp"
#include "config/keys/source_keys.hpp"
#include "config/keys/watchlist_keys.hpp"

#include <spdlog/fmt/fmt.h>

#include <type_traits>

namespace pw::config {

using Shape = TableReference::Shape;

FileReference main_reference() {
  FileReference out{"presswatch.toml",
                    "Main file",
                    "presswatch, as a system service. Every key may be left out: the values shown are the defaults.",
                    {}};
  each_section(MainSettings{}, [&]<class S>(const Section<S>& section, const S& defaults) {
    out.tables.push_back({section.name, section.help, describe(section.keys, defaults)});
  });
  return out;
}

FileReference sources_reference(std::span<const PluginReference> plugins) {
  TableReference sources{kSourceSection.name, kSourceSection.help, describe(kSourceSection.keys, SourceSettings{}),
                         Shape::list};
  for (const PluginReference& plugin : plugins) {
    sources.variants.push_back({"plugin", plugin.name, plugin.summary, describe(plugin.options)});
  }
  return {"sources.d/*.toml",
          "Source files",
          "Sources: what is watched. Folders inside sources.d are read too.",
          {std::move(sources)}};
}

FileReference watchlists_reference() {
  TableReference group{"group",
                       "The group of this file's watchlists, which inherit the keys that they do not give themselves.",
                       joined(describe<GroupSettings>(kGroupKeys, {}), describe<ListRules>(kRuleKeys, {}))};
  TableReference lists{"watchlist", "One watchlist; repeat the table for each.",
                       joined(describe<WatchlistSettings>(kWatchlistKeys, {}), describe<ListRules>(kRuleKeys, {})),
                       Shape::list};
  return {"watchlists.d/*.toml",
          "Watchlist files",
          "Watchlists: what is searched for. Folders inside watchlists.d are read too.",
          {std::move(group), std::move(lists)}};
}

FileReference names_reference() {
  return {"names.d/*.toml",
          "Files of names",
          "Names that are written in several ways.",
          {{"", "", describe<NameFile>(kNameFileKeys, {}), Shape::root}}};
}

std::vector<std::string> restart_needed(const MainSettings& running, const MainSettings& fresh) {
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
