#include "config/load.hpp"

#include "unit/config/without_columns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <string>

namespace pw::config {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr std::array<OptionSpec, 3> kFeedOptions{{{"url", OptionType::url, true, "where the feed is"},
                                                  {"drop", OptionType::list, false, "selectors"},
                                                  {"pages", OptionType::number, false, "how many", nullptr, {1, 20}}}};
constexpr std::array<std::string_view, 1> kPlugins{"feed"};

PluginOptions plugins() {
  static const std::span<const OptionSpec> feed(kFeedOptions);
  return {[](std::string_view name) -> std::optional<DeclaredOptions> {
            if (name != "feed") return std::nullopt;
            return DeclaredOptions{feed};
          },
          kPlugins};
}

class LoadTest : public testing::Test {
 protected:
  LoadTest() : folder_(fs::temp_directory_path() / ("pw-load-" + std::to_string(::getpid()))) {
    for (const char* sub : {"sources.d", "watchlists.d", "names.d"}) fs::create_directories(folder_ / sub);
    write("presswatch.toml", "");
  }
  ~LoadTest() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) { std::ofstream(folder_ / name) << text; }

  Settings load() { return config::load(folder_ / "presswatch.toml", plugins()); }

  std::string problems() {
    try {
      load();
    } catch (const ConfigError& error) {
      return without_columns(error.what());
    }
    return "";
  }

  fs::path folder_;
};

TEST_F(LoadTest, DefaultsStandWhereNothingIsSaid) {
  const Settings settings = load();
  EXPECT_EQ(settings.bus.live, "tcp://127.0.0.1:7701");
  EXPECT_TRUE(settings.fetch.robots);
  EXPECT_TRUE(settings.sources.empty());
}

TEST_F(LoadTest, WebSubWantsBothOfItsAddresses) {
  EXPECT_FALSE(load().websub.on());
  write("presswatch.toml", "[websub]\nlisten = \"127.0.0.1:8790\"\n");
  EXPECT_NE(problems().find("go together"), std::string::npos);
  write("presswatch.toml", "[websub]\nlisten = \"127.0.0.1:8790\"\ncallback = \"ftp://x.example/\"\n");
  EXPECT_NE(problems().find("http or https"), std::string::npos);
  write("presswatch.toml", "[websub]\nlisten = \"127.0.0.1:8790\"\ncallback = \"https://x.example/w\"\n");
  EXPECT_TRUE(load().websub.on());
}

TEST_F(LoadTest, ReadsEverySection) {
  write("presswatch.toml", R"(
[daemon]
state = "state"
[fetch]
min_gap = "250ms"
max_body = "2MiB"
allow_addresses = ["127.0.0.0/8"]
)");
  write("sources.d/a.toml", "[[source]]\nid = \"jns\"\nplugin = \"feed\"\nurl = \"https://example.org/feed\"\n");
  write("watchlists.d/a.toml", "[[watchlist]]\nid = \"iran\"\nkeywords = [\"Iran\"]\npriority = \"high\"\n");
  write("names.d/a.toml", "[names]\nIran = [\"Иран\"]\n");
  const Settings settings = load();
  EXPECT_EQ(settings.daemon.state, folder_ / "state");
  EXPECT_EQ(settings.fetch.max_body, 2U << 20U);
  EXPECT_EQ(settings.fetch.min_gap, Milliseconds{250});
  ASSERT_EQ(settings.sources.size(), 1U);
  EXPECT_EQ(settings.sources[0].options.text("url"), "https://example.org/feed");
  EXPECT_EQ(settings.sources[0].name, "jns");
  ASSERT_EQ(settings.watchlists.size(), 1U);
  EXPECT_EQ(settings.watchlists[0]->priority, "high");
  ASSERT_EQ(settings.names.size(), 1U);
}

TEST_F(LoadTest, AListInheritsFromItsGroupWhereverThatStands) {
  write("sources.d/a.toml", "[[source]]\nid = \"jns\"\nplugin = \"feed\"\nurl = \"https://example.org/\"\n");
  fs::create_directories(folder_ / "watchlists.d" / "team");
  write("watchlists.d/a.toml", "[[watchlist]]\nid = \"a\"\ngroup = \"east\"\nkeywords = [\"x\"]\npriority = \"low\"\n");
  write("watchlists.d/team/z.toml", R"(
[group]
id = "east"
title = "The East"
owner = { name = "Dana", contact = "dana@example.org" }
priority = "high"
languages = ["en"]
sources = ["jns"]
fields = ["title", "lead"]
active = { hours = "08:00-20:00", days = "Mon-Fri", timezone = "Asia/Baku", outside = "quiet" }
mute_until = 2026-12-01T04:00:00+04:00
min_score = 12.5
min_mentions = 2
per_story = true

[[watchlist]]
id = "b"
keywords = ["y"]
owner = "Eli"
mute_until = 2026-01-01T00:00:00Z
notes = "ask Dana first"
)");
  const Settings settings = load();
  ASSERT_EQ(settings.watchlists.size(), 2U);
  const WatchlistSettings& a = *settings.watchlists[0];
  EXPECT_EQ(a.priority, "low");
  EXPECT_EQ(a.owner, (OwnerSettings{"Dana", "dana@example.org"}));
  EXPECT_THAT(a.languages, testing::ElementsAre("en"));
  EXPECT_EQ(a.active->timezone, "Asia/Baku");
  EXPECT_FALSE(a.active->hold);
  EXPECT_EQ(a.active->place.line, 10U);
  EXPECT_EQ(to_iso8601(*a.mute_until), "2026-12-01T00:00:00Z");
  EXPECT_EQ(a.min_score, 12.5);
  EXPECT_EQ(a.min_mentions, 2U);
  EXPECT_TRUE(a.per_story);
  const WatchlistSettings& b = *settings.watchlists[1];
  EXPECT_EQ(b.group, "east");
  EXPECT_EQ(b.owner, (OwnerSettings{"Eli", ""}));
  EXPECT_EQ(to_iso8601(*b.mute_until), "2026-12-01T00:00:00Z") << "of two mutes the later end counts";
  EXPECT_EQ(b.notes, "ask Dana first");
}

TEST_F(LoadTest, MistakesOfTheDeskAreNamed) {
  write("watchlists.d/a.toml", R"([group]
id = "east"
ower = "Dana"
active = { hour = "08:00-20:00" }
[[watchlist]]
id = "a"
group = "eats"
keywords = ["x"]
fields = ["titel"]
mute_until = "2026-12-01"
min_score = 101
min_mentions = 0
owner = { mail = "x" }
active = { outside = "drop" }
sources = ["jsn"]
)");
  write("watchlists.d/b.toml", "[group]\nid = \"east\"\n");
  write("sources.d/a.toml", "[[source]]\nid = \"jns\"\nplugin = \"feed\"\nurl = \"https://example.org/\"\n");
  const std::string text = problems();
  for (const char* part :
       {"a.toml:3: unknown key \"ower\" in group; did you mean \"owner\"?",
        "a.toml:4: unknown key \"hour\" in active; did you mean \"hours\"?",
        "a.toml:7: watchlist.group \"eats\" is unknown; did you mean \"east\"?",
        "a.toml:9: watchlist.fields has no \"titel\"; did you mean \"title\"?",
        "a.toml:10: watchlist.mute_until must be a date and time with its zone",
        "a.toml:11: watchlist.min_score must be a number from 0 to 100",
        "a.toml:12: watchlist.min_mentions must be a whole number from 1", "a.toml:13: unknown key \"mail\" in owner",
        "a.toml:14: active.outside must be one of hold, quiet",
        "a.toml:15: sources of watchlist \"a\": there is no \"jsn\"; did you mean \"jns\"?",
        "b.toml:2: group.id \"east\" is used twice"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST_F(LoadTest, ListsCanBeAddedToSettingsBeforeTheirFileIsThere) {
  write("watchlists.d/a.toml", "[group]\nid = \"east\"\npriority = \"high\"\n");
  Settings settings = load();
  add_watchlists("[[watchlist]]\nid = \"n\"\ngroup = \"east\"\nkeywords = [\"x\"]\n", "new.toml", settings);
  ASSERT_EQ(settings.watchlists.size(), 1U);
  EXPECT_EQ(settings.watchlists[0]->priority, "high");
  EXPECT_THROW(add_watchlists("[[watchlist]]\nid = \"n\"\nkeywords = [\"x\"]\n", "more.toml", settings), ConfigError);
  EXPECT_EQ(settings.watchlists.size(), 1U);
}

TEST_F(LoadTest, PluginSettingsAreReadBeforeTheRest) {
  write("presswatch.toml", "[fetch]\nmin_gpa = 1\n[plugins]\ndirectories = [\"plugins\", \"/opt/plugins\"]\n");
  const PluginSettings settings = load_plugin_settings(folder_ / "presswatch.toml");
  EXPECT_THAT(settings.directories, testing::ElementsAre(folder_ / "plugins", "/opt/plugins"));
  write("presswatch.toml", "[plugins]\ndirectory = \"x\"\n");
  EXPECT_THAT(problems(), HasSubstr("did you mean \"directories\"?"));
}

TEST_F(LoadTest, AnOptionThatIsNotSetHasItsDefault) {
  static const OptionValue fallback = std::string("world");
  static const std::array<OptionSpec, 1> specs{{{"section", OptionType::text, false, "", &fallback}}};
  write("sources.d/a.toml", "[[source]]\nid = \"a\"\nplugin = \"feed\"\n");
  const PluginOptions declared{[](std::string_view) { return DeclaredOptions{specs}; }, kPlugins};
  EXPECT_EQ(config::load(folder_ / "presswatch.toml", declared).sources[0].options.text("section"), "world");
}

TEST_F(LoadTest, AnUnknownKeyNamesLineAndNearestKey) {
  write("presswatch.toml", "[fetch]\nmin_gpa = \"1s\"\n");
  EXPECT_THAT(problems(), HasSubstr("presswatch.toml:2: unknown key \"min_gpa\" in fetch; did you mean \"min_gap\"?"));
}

TEST_F(LoadTest, AllProblemsOfAllFilesAreReportedAtOnce) {
  write("presswatch.toml", "[fetch]\ntimeout = 5\n");
  write("sources.d/a.toml", "[[source]]\nid = \"Bad Id\"\nplugin = \"fede\"\n");
  write("watchlists.d/a.toml", "[[watchlist]]\nid = \"x\"\n\n[[watchlist]]\nid = \"x\"\nquery = 'a'\n");
  const std::string text = problems();
  EXPECT_THAT(text, HasSubstr("presswatch.toml:2: fetch.timeout must be a duration"));
  EXPECT_THAT(text, HasSubstr("a.toml:2: source.id must be"));
  EXPECT_THAT(text, HasSubstr("\"fede\" is unknown; did you mean \"feed\"?"));
  EXPECT_THAT(text, HasSubstr("needs exactly one of keywords"));
  EXPECT_THAT(text, HasSubstr("\"x\" is used twice"));
}

TEST_F(LoadTest, APluginsOptionsAreChecked) {
  write("sources.d/a.toml", "[[source]]\nid = \"a\"\nplugin = \"feed\"\nurl = \"ftp://x/\"\ndorp = [\"x\"]\n");
  const std::string text = problems();
  EXPECT_THAT(text, HasSubstr("source.url must be an http or https URL"));
  EXPECT_THAT(text, HasSubstr("a.toml:5: unknown key \"dorp\" in source; did you mean \"drop\"?"));
  write("sources.d/a.toml", "[[source]]\nid = \"a\"\nplugin = \"feed\"\n");
  EXPECT_THAT(problems(), HasSubstr("source.url is missing: where the feed is"));
}

TEST_F(LoadTest, ANumberOfAPluginKeepsToItsRange) {
  const std::string start = "[[source]]\nid = \"a\"\nplugin = \"feed\"\nurl = \"https://x.example/\"\n";
  write("sources.d/a.toml", start + "pages = 21\n");
  EXPECT_THAT(problems(), HasSubstr("a.toml:5: source.pages must be a whole number from 1 to 20"));
  write("sources.d/a.toml", start + "pages = 20\n");
  EXPECT_EQ(load().sources[0].options.number("pages", 1), 20);
}

TEST_F(LoadTest, AListSaysItselfWhatItsGroupSaysToo) {
  write("watchlists.d/a.toml",
        "[group]\nid = \"g\"\nmin_score = 5\nper_story = true\nenabled = false\n\n[[watchlist]]\nid = \"a\"\n"
        "keywords = [\"x\"]\nmin_score = 0\nenabled = true\n");
  const WatchlistSettings list = *load().watchlists.front();
  EXPECT_EQ(list.min_score, 0) << "said, though it is the default";
  EXPECT_TRUE(list.per_story);
  EXPECT_FALSE(list.enabled) << "a group that is switched off stays off";
}

TEST_F(LoadTest, AWrongWordNamesTheNearest) {
  write("presswatch.toml", "[daemon]\nlog_level = \"wran\"\n");
  EXPECT_THAT(problems(), HasSubstr("daemon.log_level must be one of trace, debug, info, warn, error, off, not "
                                    "\"wran\"; did you mean \"warn\"?"));
  write("presswatch.toml", "");
  write("watchlists.d/a.toml", "[[watchlist]]\nid = \"w\"\nquery = \"a\"\ndialect = \"lexi\"\n");
  EXPECT_THAT(problems(), HasSubstr("a.toml:4: watchlist.dialect must be one of presswatch, lexis"));
}

TEST_F(LoadTest, AnErrorHasItsColumn) {
  write("presswatch.toml", "[fetch]\n  min_gpa = \"1s\"\n  timeout = 5\n");
  write("watchlists.d/a.toml", "[[watchlist]]\nid = \n");
  try {
    load();
    FAIL() << "three errors";
  } catch (const ConfigError& error) {
    EXPECT_THAT(error.what(), HasSubstr("presswatch.toml:2:3: unknown key"));
    EXPECT_THAT(error.what(), HasSubstr("presswatch.toml:3:13: fetch.timeout"));
    EXPECT_THAT(error.what(), HasSubstr("a.toml:2:6: "));
  }
}

TEST_F(LoadTest, TheTextOfAQueryHasItsPlace) {
  write("watchlists.d/a.toml",
        "[[watchlist]]\nid = \"a\"\nquery = 'x'\n[[watchlist]]\nid = \"b\"\nquery = \"\"\"x\ny\"\"\"\n"
        "[[watchlist]]\nid = \"c\"\nquery = \'\'\'\nx\ny\'\'\'\n[[watchlist]]\nid = \"d\"\nquery = \'\'\'x\'\'\'\n");
  const Settings settings = load();
  const fs::path file = folder_ / "watchlists.d" / "a.toml";
  EXPECT_EQ(settings.watchlists[0]->query_place, (Place{file, 3, 10}));
  EXPECT_EQ(settings.watchlists[1]->query_place, (Place{file, 6, 12}));
  EXPECT_EQ(settings.watchlists[2]->query_place, (Place{file, 11, 1})) << "the first line break is not part of it";
  EXPECT_EQ(settings.watchlists[3]->query_place, (Place{file, 15, 12}));
}

TEST_F(LoadTest, FoldersOfSourcesAreReadToo) {
  fs::create_directories(folder_ / "sources.d" / "team");
  write("sources.d/team/a.toml", "[[source]]\nid = \"a\"\nplugin = \"feed\"\nurl = \"https://x.example/\"\n");
  EXPECT_EQ(load().sources.size(), 1U);
}

TEST_F(LoadTest, LanguagesAreThoseThatArticlesHave) {
  write("watchlists.d/a.toml", "[[watchlist]]\nid = \"a\"\nkeywords = [\"x\"]\nlanguages = [\"EN\", \"iw\", \"no\"]\n");
  EXPECT_THAT(load().watchlists[0]->languages, testing::ElementsAre("en", "he", "no", "nb", "nn"));
  write("watchlists.d/a.toml",
        "[[watchlist]]\nid = \"a\"\nkeywords = [\"x\"]\nlanguages = [\"xx\", \"english\", \"en-US\"]\n");
  const std::string text = problems();
  EXPECT_THAT(text, HasSubstr("a.toml:4: watchlist.languages has an unknown language \"xx\"; use a code of ISO 639"));
  EXPECT_THAT(text, HasSubstr("unknown language \"english\"; did you mean \"en\"?"));
  EXPECT_THAT(text, HasSubstr("unknown language \"en-US\"; did you mean \"en\"?"));
}

TEST_F(LoadTest, TheLanguagesOfAliasesExist) {
  write("names.d/a.toml", "[names.Iran]\niw = [\"איראן\"]\nmul = [\"x\"]\n");
  EXPECT_EQ(load().names[0].aliases[0].language, "he");
  write("names.d/a.toml", "[names.Iran]\nxq = [\"x\"]\n");
  EXPECT_THAT(problems(), HasSubstr("a.toml:2: Iran.xq is an unknown language; use a code of ISO 639"));
}

TEST_F(LoadTest, WhatCanBeReadOfAWrongConfigurationIsThere) {
  write("presswatch.toml", "[fetch]\ntimeout = 5\n");
  write("sources.d/a.toml", "[[source]]\nid = \"a\"\nplugin = \"feed\"\n");
  write("watchlists.d/a.toml", "[[watchlist]]\nid = \"a\"\ntitel = \"A\"\nquery = \"x\"\n");
  const Draft draft = config::read(folder_ / "presswatch.toml", plugins());
  EXPECT_EQ(draft.problems.size(), 3U);
  EXPECT_TRUE(draft.has_main_file);
  ASSERT_EQ(draft.settings.sources.size(), 1U);
  EXPECT_EQ(draft.settings.sources[0].plugin, "") << "it cannot be made";
  EXPECT_EQ(draft.settings.watchlists[0]->query, "x");
}

TEST_F(LoadTest, SyntaxErrorsSayWhere) {
  write("watchlists.d/a.toml", "[[watchlist]]\nid = \n");
  EXPECT_THAT(problems(), HasSubstr("a.toml:2:"));
}

TEST_F(LoadTest, AMissingFileIsAClearError) {
  fs::remove(folder_ / "presswatch.toml");
  EXPECT_THAT(problems(), HasSubstr("presswatch.toml: cannot be read: No such file"));
}

}  // namespace
}  // namespace pw::config
