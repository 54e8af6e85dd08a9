#include "config/keys/reference.hpp"

#include "config/load.hpp"
#include "query/dialect/dialect.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <regex>
#include <span>
#include <string>

namespace pw::config {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

Settings read(const std::string& text) {
  const fs::path folder = fs::temp_directory_path() / ("pw-reference-" + std::to_string(::getpid()));
  for (const char* name : {"sources.d", "watchlists.d", "names.d"}) fs::create_directories(folder / name);
  const fs::path file = folder / "presswatch.toml";
  std::ofstream(file) << text;
  const Settings settings =
      load(file, {[](std::string_view) -> std::optional<DeclaredOptions> { return std::nullopt; }, {}});
  fs::remove_all(folder);
  return settings;
}

/// The sample with every key uncommented.
std::string with_every_key(const FileReference& file) {
  return std::regex_replace(sample(file), std::regex("(^|\n)# ([a-z_]+ = )"), "$1$2");
}

TEST(Reference, TheSampleWithEveryKeySetReadsAsTheDefaults) {
  const std::string sample = with_every_key(main_reference());
  ASSERT_THAT(sample, HasSubstr("\nmax_body = \"8MiB\"\n"));
  ASSERT_THAT(sample, HasSubstr("\nlog_level = \"info\"\n"));
  // WebSub's two keys must be set together; both are empty when it is off.
  const Settings settings = read(sample);
  const Settings defaults = read("");
  EXPECT_TRUE(restart_needed(settings, defaults).empty());
  EXPECT_EQ(settings.fetch.max_body, defaults.fetch.max_body);
  EXPECT_EQ(settings.schedule.max_age, defaults.schedule.max_age);
  EXPECT_EQ(settings.plugins.directories, defaults.plugins.directories);
}

TEST(Reference, TheSampleOfWatchlistsReadsWithEveryKeySet) {
  std::string text = with_every_key(watchlists_reference());
  // A watchlist cannot have both keywords and a query, and the group and sources of the sample do not exist here.
  text = std::regex_replace(text, std::regex("\n(query|group|sources) = [^\n]*"), "");
  Settings settings = read("");
  ASSERT_NO_THROW(add_watchlists(text, "sample.toml", settings)) << text;
  ASSERT_EQ(settings.watchlists.size(), 1U);
  const WatchlistSettings& list = *settings.watchlists.front();
  EXPECT_EQ(list.owner.name, "Dana Keller");
  EXPECT_EQ(list.active->timezone, "Asia/Baku");
  EXPECT_EQ(list.names.size(), 2U);
  EXPECT_EQ(list.min_mentions, WatchlistSettings{}.min_mentions);
}

TEST(Reference, TheSampleOfWatchlistsIsOneThatCanBeUsedAsItIs) {
  Settings settings = read("");
  add_watchlists(sample(watchlists_reference()), "sample.toml", settings);
  EXPECT_THAT(settings.watchlists.front()->keywords, ElementsAre("Azerbaijan", "Ilham Aliyev"));
}

const std::array<OptionSpec, 2> kFeedOptions{
    {{"url", OptionType::url, true, "where the feed is"},
     {"pages", OptionType::number, false, "how many pages are read", nullptr, {1, 20}}}};

FileReference sources() {
  const std::array<PluginReference, 1> plugins{{{"feed", "a feed", kFeedOptions}}};
  return sources_reference(plugins);
}

TEST(Reference, APluginsOptionsStandWithTheKeysOfItsSources) {
  EXPECT_THAT(sample(sources()), HasSubstr("\nid = \"example\"\n"));
  EXPECT_THAT(sample(sources()), HasSubstr("\n# where the feed is\nurl = \"https://news.example/\"\n"));
  const FileReference file = sources();
  EXPECT_THAT(manual(std::span(&file, 1)), HasSubstr("with plugin = \\(dqfeed\\(dq\na feed\n.TP\n.B url\n"));
  const boost::json::value parsed = boost::json::parse(schema(sources()));
  const auto& kinds = parsed.at("properties").at("source").at("items").at("anyOf").as_array();
  ASSERT_EQ(kinds.size(), 2U) << "one for the plugin, one for those that are not built in";
  EXPECT_EQ(kinds[0].at("properties").at("plugin").at("const").as_string(), "feed");
  EXPECT_EQ(kinds[0].at("properties").at("pages").at("maximum").as_int64(), 20);
  EXPECT_TRUE(kinds[0].at("properties").as_object().contains("interval"));
  EXPECT_EQ(kinds[0].at("required").as_array().size(), 3U);
  EXPECT_EQ(kinds[1].at("additionalProperties").as_bool(), true);
}

TEST(Reference, EveryKeyOfEveryFileIsInEachForm) {
  for (const FileReference& file : {main_reference(), sources(), watchlists_reference(), names_reference()}) {
    const std::string page = manual(std::span(&file, 1));
    for (const TableReference& table : file.tables) {
      for (const KeyReference& key : table.keys) {
        const std::string name(key.name);
        EXPECT_THAT(sample(file), HasSubstr(name + " = ")) << file.name;
        EXPECT_THAT(page, HasSubstr(".B " + name + "\n" + std::string(key.help.substr(0, 5)))) << file.name;
        EXPECT_THAT(schema(file), HasSubstr('"' + name + "\":{")) << file.name;
        EXPECT_FALSE(key.help.empty() || key.type.empty()) << name;
        EXPECT_FALSE(key.fallback.empty() && key.example.empty()) << name << " has neither default nor example";
      }
    }
  }
}

TEST(Reference, ASchemaNamesEveryKeyAndAllowsNoOther) {
  const boost::json::value main = boost::json::parse(schema(main_reference()));
  const auto& body = main.at("properties").at("fetch").at("properties").at("max_body");
  EXPECT_EQ(body.at("default").to_number<int>(), 8 << 20);
  EXPECT_EQ(main.at("properties").at("fetch").at("additionalProperties").as_bool(), false);
  EXPECT_EQ(main.at("properties").at("daemon").at("properties").at("log_level").at("enum").as_array().size(), 6U);
  const boost::json::value lists = boost::json::parse(schema(watchlists_reference()));
  const auto& list = lists.at("properties").at("watchlist").at("items");
  EXPECT_EQ(list.at("properties").at("dialect").at("enum").as_array().size(), query::kDialectNames.size());
  EXPECT_EQ(list.at("oneOf").as_array().size(), 2U) << "keywords or query";
  EXPECT_EQ(list.at("properties").at("active").at("properties").at("outside").at("enum").as_array().size(), 2U);
}

TEST(Reference, OnlyKeysThatWaitForARestartAreNamed) {
  const Settings running = read("");
  EXPECT_TRUE(restart_needed(running, read("[fetch]\nmin_gap = \"7s\"\n")).empty());
  EXPECT_THAT(restart_needed(running, read("[bus]\nlive = \"tcp://127.0.0.1:9\"\n[daemon]\nthreads = 3\n")),
              ElementsAre("daemon.threads", "bus.live"));
}

}  // namespace
}  // namespace pw::config
