#pragma once
/// The keys of watchlists and their groups.

#include "config/keys/key.hpp"
#include "query/dialect/dialect.hpp"
#include "query/widen.hpp"

#include <array>

namespace pw::config {

inline constexpr std::array<std::string_view, 2> kOutside{"hold", "quiet"};
inline constexpr std::array<std::string_view, 3> kPriorities{"low", "normal", "high"};
inline constexpr std::array<std::string_view, 3> kFields{"title", "lead", "text"};

inline constexpr auto kOwnerKeys = std::to_array<Key<OwnerSettings>>({
    {"name", &OwnerSettings::name, Change::reload, "Name of the owner.", {.example = "\"Dana Keller\""}},
    {"contact",
     &OwnerSettings::contact,
     Change::reload,
     "Where the owner can be reached.",
     {.example = "\"dana@example.org\""}},
});

inline constexpr auto kActiveKeys = std::to_array<Key<ActiveSettings>>({
    {"hours",
     &ActiveSettings::hours,
     Change::reload,
     "Time ranges of a day, separated by commas.",
     {.example = "\"08:00-12:00, 13:00-20:00\""}},
    {"days", &ActiveSettings::days, Change::reload, "Days of the week.", {.example = "\"Mon-Fri\""}},
    {"timezone", &ActiveSettings::timezone, Change::reload, "An IANA time zone name.", {.example = "\"Asia/Baku\""}},
    {"outside",
     &ActiveSettings::hold,
     Change::reload,
     "Outside these hours, alerts wait for the next opening (hold), or are published at once and marked (quiet).",
     {.choices = kOutside}},
});

/// Keys that both a watchlist and its group may have.
inline constexpr auto kRuleKeys = std::to_array<Key<ListRules>>({
    {"owner", &ListRules::owner, Change::reload, "Who is responsible: a name, or a table. Included in every alert."},
    {"active", &ListRules::active, Change::reload, "Hours in which alerts are published; always if not given."},
    {"mute_until",
     &ListRules::mute_until,
     Change::reload,
     "No alerts are raised before this time. Of a group's and a watchlist's, the later one applies.",
     {.example = "2026-12-01T00:00:00Z"}},
    {"priority",
     &ListRules::priority,
     Change::reload,
     "For subscribers; the daemon treats all alike.",
     {.choices = kPriorities}},
    {"languages",
     &ListRules::languages,
     Change::reload,
     "Only articles in these languages, or in an unknown one; empty means all. Codes of two letters, or of three where "
     "there is no shorter one (ISO 639).",
     {.form = Form::language, .example = "[\"en\", \"fa\"]"}},
    {"sources",
     &ListRules::sources,
     Change::reload,
     "Only articles of these sources: ids, or tag:NAME; empty means all.",
     {.example = "[\"jns\", \"tag:wire\"]"}},
    {"fields",
     &ListRules::fields,
     Change::reload,
     "Only these parts of an article are searched; empty means all of it.",
     {.choices = kFields, .example = "[\"title\", \"lead\"]"}},
    {"forms",
     &ListRules::forms,
     Change::reload,
     "Languages in which words of the query are also found with the particles and endings attached to them.",
     {.choices = query::kFormLanguages, .example = "[\"he\", \"ar\"]"}},
    {"spellings", &ListRules::spellings, Change::reload,
     "F35 is also found for F-35, US for U.S. and 1000 for 1,000, and the reverse."},
    {"min_score", &ListRules::min_score, Change::reload, "Matches with a lower score raise no alert.", {.most = 100}},
    {"min_mentions",
     &ListRules::min_mentions,
     Change::reload,
     "Matches with fewer mentions raise no alert.",
     {.least = 1}},
    {"per_story", &ListRules::per_story, Change::reload, "One alert for all articles about the same story."},
    {"enabled", &ListRules::enabled, Change::reload,
     "Whether the watchlist is used. A group that is not enabled disables all its watchlists."},
});

inline constexpr auto kWatchlistKeys = std::to_array<Key<WatchlistSettings>>({
    {"id",
     &WatchlistSettings::id,
     Change::reload,
     "Name of the watchlist, and its channel on the bus; unique.",
     {.form = Form::id, .need = Need::checked, .example = "\"example\""}},
    {"title", &WatchlistSettings::title, Change::reload, "Display name; the id if not given."},
    {"keywords",
     &WatchlistSettings::keywords,
     Change::reload,
     "Words and phrases, any of which matches.",
     {.need = Need::one_of, .example = "[\"Azerbaijan\", \"Ilham Aliyev\"]"}},
    {"query",
     &WatchlistSettings::query,
     Change::reload,
     "What to search for, as a query; see presswatch-query(7).",
     {.need = Need::one_of, .example = "\"Azerbaijan* AND Iran*\""}},
    {"dialect",
     &WatchlistSettings::dialect,
     Change::reload,
     "Language of the query.",
     {.choices = query::kDialectNames}},
    {"group", &WatchlistSettings::group, Change::reload,
     "Id of the group that the watchlist belongs to; the [group] of its file if not given."},
    {"notes", &WatchlistSettings::notes, Change::reload, "For colleagues; never published."},
    {"names", &WatchlistSettings::names, Change::reload,
     "Names with their aliases, for this watchlist only; like the files of names."},
});

inline constexpr auto kGroupKeys = std::to_array<Key<GroupSettings>>({
    {"id",
     &GroupSettings::id,
     Change::reload,
     "Name of the group; unique.",
     {.form = Form::id, .need = Need::checked, .example = "\"example-group\""}},
    {"title", &GroupSettings::title, Change::reload, "Display name; the id if not given."},
    {"notes", &GroupSettings::notes, Change::reload, "For colleagues; never published."},
});

/// A names file has one table.
struct NameFile {
  std::vector<NameSettings> names;
};

inline constexpr auto kNameFileKeys = std::to_array<Key<NameFile>>({
    {"names", &NameFile::names, Change::reload,
     "Names and their aliases, for all watchlists: a term that equals a name also matches each of its aliases."},
});

}  // namespace pw::config
