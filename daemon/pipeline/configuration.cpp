#include "pipeline/configuration.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace pw::pipeline {
namespace {

std::vector<store::SourceState> load_states(const SourceChanges& changes, store::Storage& store) {
  std::vector<store::SourceState> out;
  if (changes.added.empty()) return out;
  std::unordered_set<std::string_view> wanted;
  for (const auto& entry : changes.added) wanted.insert(entry->settings.id);
  auto saved = store::or_throw(store.load_sources());
  for (store::SourceState& state : saved) {
    if (wanted.contains(state.id)) out.push_back(std::move(state));
  }
  return out;
}

ConfigurationUpdate::Ids ids_of(const config::Settings& settings) {
  ConfigurationUpdate::Ids out;
  for (const config::SourceSettings& source : settings.sources) out.sources.push_back(source.id);
  out.watchlists.reserve(settings.watchlists.size());
  for (const auto& list : settings.watchlists) out.watchlists.push_back(list->id);
  std::ranges::sort(out.watchlists);
  return out;
}

}  // namespace

ConfigurationUpdate prepare_update(const Configuration* before, std::shared_ptr<const Configuration> now,
                                   store::Storage& store) {
  ConfigurationUpdate out;
  out.sources = compare_sources(before, *now);
  out.saved = load_states(out.sources, store);
  if (before == nullptr || before->watchlists != now->watchlists) {
    out.matchers = std::make_shared<MatcherPool>(now->watchlists, now->watchlists->frequencies());
  }
  const bool same_ids =
      before != nullptr && out.sources.empty() && before->settings.watchlists == now->settings.watchlists;
  if (!same_ids) out.configured = ids_of(now->settings);
  out.now = std::move(now);
  return out;
}

}  // namespace pw::pipeline
