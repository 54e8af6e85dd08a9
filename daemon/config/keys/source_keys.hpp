#pragma once
/// The keys common to all sources, regardless of plugin.

#include "config/keys/key.hpp"

#include <array>

namespace pw::config {

inline constexpr auto kSourceKeys = std::to_array<Key<SourceSettings>>({
    {"id",
     &SourceSettings::id,
     Change::reload,
     "Name of the source in states, logs and alerts; unique.",
     {.form = Form::id, .need = Need::checked, .example = "\"example\""}},
    {"plugin",
     &SourceSettings::plugin,
     Change::reload,
     "The plugin that reads the source; `presswatch plugin list` lists them.",
     {.need = Need::checked, .example = "\"feed\""}},
    {"name", &SourceSettings::name, Change::reload, "Display name; the id if not given."},
    {"tags", &SourceSettings::tags, Change::reload, "Tags by which a watchlist can select sources: tag:NAME."},
    {"enabled", &SourceSettings::enabled, Change::reload, "Whether the source is polled."},
    {"interval", &SourceSettings::interval, Change::reload,
     "Fixed time between two polls; \"0s\" lets the interval adapt to the source."},
    {"fetch_pages", &SourceSettings::fetch_pages, Change::reload,
     "Whether article pages are fetched; if not, only what the source itself contains is matched."},
});

inline constexpr Section<SourceSettings> kSourceSection{
    "source", "One source; repeat the table for each. A plugin has keys of its own.", kSourceKeys};

}  // namespace pw::config
