#include "config/join_watchlists.hpp"

#include "core/text.hpp"

#include <spdlog/fmt/fmt.h>

#include <set>
#include <utility>

namespace pw::config {

void WatchlistIndex::add_group(const std::shared_ptr<const GroupSettings>& group, const Place& id_place) {
  const auto [known, is_new] = groups_.emplace(group->id, group);
  if (is_new) return;
  const Place& first = known->second->place;
  problems_.add(id_place.file.empty() ? group->place : id_place,
                fmt::format("group.id \"{}\" is used twice, first at {}:{}; a list of another file joins it by "
                            "group = \"{}\"",
                            group->id, first.file.string(), first.line, group->id));
}

std::shared_ptr<const GroupSettings> WatchlistIndex::group(const std::string& id) const {
  const auto found = groups_.find(id);
  return found != groups_.end() ? found->second : nullptr;
}

void WatchlistIndex::inherit_group(WatchlistDraft& draft) {
  const std::string& name = draft.list.group;
  if (name.empty()) return;
  if (const auto found = group(name)) {
    inherit(*found, draft.given, draft.list);
    return;
  }
  std::vector<std::string_view> known;
  known.reserve(groups_.size());
  for (const auto& [id, group] : groups_) known.push_back(id);
  const std::string_view near = nearest_name(name, known);
  problems_.add(draft.group_place, fmt::format("watchlist.group \"{}\" is unknown; {}", printable(name),
                                               near.empty() ? "a group is a file's [group] with an id"
                                                            : fmt::format("did you mean \"{}\"?", near)));
}

std::shared_ptr<const WatchlistSettings> WatchlistIndex::join(WatchlistDraft draft) {
  inherit_group(draft);
  auto list = std::make_shared<const WatchlistSettings>(std::move(draft.list));
  const auto [twin, is_new] = lists_.emplace(list->id, list);
  if (!is_new) {
    const Place& first = twin->second->place;
    problems_.add(draft.id_place, fmt::format("watchlist.id \"{}\" is used twice, first at {}:{}", list->id,
                                              first.file.string(), first.line));
  }
  return list;
}

void check_source_limits(const Settings& settings, Problems& problems) {
  std::set<std::string, std::less<>> known;
  for (const SourceSettings& source : settings.sources) {
    known.insert(source.id);
    for (const std::string& tag : source.tags) known.insert("tag:" + tag);
  }
  for (const auto& list : settings.watchlists) {
    for (const std::string& one : list->sources) {
      if (known.contains(one)) continue;
      const std::string_view near = nearest_name(one, known);
      problems.add(
          list->sources_place,
          fmt::format("sources of watchlist \"{}\": there is no \"{}\"{}", list->id, printable(one),
                      near.empty() ? "; a source's id, or tag:NAME" : fmt::format("; did you mean \"{}\"?", near)));
    }
  }
}

}  // namespace pw::config
