#include "pipeline/watchlists.hpp"

#include "bus/alert_json.hpp"
#include "config/load.hpp"
#include "pipeline/alert_policy.hpp"
#include "pipeline/watchlist_stats.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/fmt/fmt.h>

namespace pw::pipeline {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;
using testing::UnorderedElementsAre;

// 2026-03-02 is a Monday.
constexpr Time kMonday0930 = from_ms(1772443800000);

std::shared_ptr<const Watchlists> compile(std::string_view text) {
  config::Settings settings;
  config::add_watchlists(text, "lists.toml", settings);
  return compile_watchlists(settings);
}

std::string refusal(std::string_view text) {
  try {
    compile(text);
  } catch (const config::ConfigError& error) {
    return error.what();
  }
  return "";
}

Article article(std::string title, std::string text) {
  Article out;
  out.url = "https://news.example/1";
  out.title = std::move(title);
  out.text = std::move(text);
  return out;
}

std::vector<std::string> matching(const std::shared_ptr<const Watchlists>& lists, const Article& article) {
  MatcherPool pool(lists, std::make_shared<match::Frequencies>());
  std::vector<std::string> out;
  for (const Found& one : pool.match(to_document(article, {})).found) out.push_back(one.rules.id);
  return out;
}

TEST(Watchlists, AQueryIsHeldAgainstItsFieldsAsIfThereWereNoOthers) {
  const auto lists = compile(R"(
[[watchlist]]
id = "all"
query = 'Iran AND Baku'
[[watchlist]]
id = "title"
fields = ["title"]
query = 'Iran AND NOT Baku'
[[watchlist]]
id = "lead"
fields = ["lead"]
query = 'Baku'
[[watchlist]]
id = "text"
fields = ["text"]
query = 'Tehran AND NOT Iran'
[[watchlist]]
id = "top"
fields = ["title", "lead"]
query = 'Iran AND Baku AND NOT Tehran'
[[watchlist]]
id = "both"
fields = ["text", "title"]
query = 'Iran AND Tehran'
)");
  EXPECT_THAT(matching(lists, article("Iran", "Talks in Baku.\nThen in Tehran.")),
              UnorderedElementsAre("all", "title", "lead", "text", "top", "both"));
  EXPECT_THAT(matching(lists, article("Weather", "Rain in Tehran.\nSun in Baku, Iran says.")),
              ElementsAre("all", "both"));
}

TEST(Watchlists, PlacesAreThoseOfTheWholeArticle) {
  const auto lists = compile("[[watchlist]]\nid = \"a\"\nfields = [\"lead\"]\nkeywords = [\"Baku\"]\n");
  MatcherPool pool(lists, std::make_shared<match::Frequencies>());
  const Article one = article("Baku", "In Baku, and in Baku.\nBaku");
  const auto found = pool.match(to_document(one, {})).found;
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].match.mentions, 2U);
  EXPECT_EQ(found[0].match.hits[0].begin, 3U);
  EXPECT_EQ(found[0].match.hits[0].field, "text");
}

TEST(Watchlists, ADisabledGroupDisablesAndHasNoRules) {
  const auto lists = compile("[group]\nid = \"g\"\nenabled = false\n[[watchlist]]\nid = \"a\"\nkeywords = [\"x\"]\n");
  EXPECT_EQ(lists->size(), 0U);
  EXPECT_EQ(lists->find("a"), nullptr);
}

TEST(Watchlists, WrongHoursAreNamedWithTheirPlace) {
  EXPECT_THAT(refusal("[[watchlist]]\nid = \"a\"\nkeywords = [\"x\"]\nactive = { timezone = \"Asia/Bakoo\" }\n"),
              HasSubstr("lists.toml:4:10: active.timezone \"Asia/Bakoo\" is unknown; did you mean \"Asia/Baku\"?"));
  const std::string group = refusal(
      "[group]\nid = \"g\"\nactive = { hours = \"8-20\" }\n[[watchlist]]\nid = \"a\"\nkeywords = [\"x\"]\n"
      "[[watchlist]]\nid = \"b\"\nkeywords = [\"x\"]\n");
  EXPECT_THAT(group, HasSubstr("lists.toml:3:10: active.hours"));
  EXPECT_EQ(group.find('\n'), std::string::npos) << "once, not for every list of the group";
}

TEST(Watchlists, AWrongQueryIsNamedWithItsOwnLine) {
  EXPECT_THAT(refusal("[[watchlist]]\nid = \"a\"\ntitle = \"A\"\nquery = 'Iran AND'\n"),
              StartsWith("lists.toml:4:18: "));
  EXPECT_THAT(refusal("[[watchlist]]\nid = \"a\"\ntitle = \"A\"\nkeywords = [\"Iran\", \"***\"]\n"),
              StartsWith("lists.toml:4:12: "));
}

TEST(Watchlists, OnlyWhatChangedIsCompiledAndAViewMayComeAndGo) {
  config::Settings settings;
  config::add_watchlists("[[watchlist]]\nid = \"a\"\nkeywords = [\"Baku\"]\n", "a.toml", settings);
  const auto before = compile_watchlists(settings);
  EXPECT_EQ(before->part(View::title).set, nullptr);
  const auto whole = settings.watchlists[0];
  auto title = std::make_shared<config::WatchlistSettings>(*whole);
  title->fields = {"title"};
  settings.watchlists[0] = title;
  const auto after = compile_watchlists(settings, before);
  EXPECT_EQ(after->part(View::whole).set, nullptr);
  EXPECT_THAT(matching(after, article("x", "Baku")), IsEmpty());
  settings.watchlists[0] = whole;
  EXPECT_THAT(matching(compile_watchlists(settings, after), article("x", "Baku")), ElementsAre("a"));
}

config::Settings with_lists(std::string_view text) {
  config::Settings out;
  config::add_watchlists(text, "lists.toml", out);
  return out;
}

TEST(Watchlists, UnchangedOnesAreShared) {
  config::Settings settings = with_lists(
      "[[watchlist]]\nid = \"a\"\nkeywords = [\"Baku\"]\n[[watchlist]]\nid = \"b\"\nkeywords = [\"Tbilisi\"]\n");
  const auto before = compile_watchlists(settings);
  EXPECT_EQ(compile_watchlists(settings, before), before) << "nothing is compiled";

  config::add_watchlists("[[watchlist]]\nid = \"c\"\nkeywords = [\"Yerevan\"]\n", "more.toml", settings);
  const auto after = compile_watchlists(settings, before);
  ASSERT_NE(after, before);
  EXPECT_EQ(after->frequencies(), before->frequencies());
  const auto& old = before->part(View::whole).set->watchlists();
  const auto& now = after->part(View::whole).set->watchlists();
  ASSERT_EQ(now.size(), 3U);
  EXPECT_EQ(now[0], old[0]);
  EXPECT_EQ(now[1], old[1]);
  EXPECT_THAT(matching(after, article("Yerevan", "Baku")), UnorderedElementsAre("a", "c"));
}

TEST(Watchlists, EqualOnesOfAFileThatWasReadAgainAreSharedToo) {
  const std::string list = "[[watchlist]]\nid = \"a\"\nkeywords = [\"Baku\"]\n";
  const auto before = compile_watchlists(with_lists(list));
  const auto after = compile_watchlists(with_lists("\n" + list), before);
  EXPECT_EQ(after->part(View::whole).set->watchlists()[0], before->part(View::whole).set->watchlists()[0]);
}

TEST(Watchlists, OtherNamesAreCompiledAnew) {
  config::Settings settings = with_lists("[[watchlist]]\nid = \"a\"\nkeywords = [\"Baku\"]\n");
  const auto before = compile_watchlists(settings);
  settings.names.push_back({"Baku", {{"Bakou", "fr"}}, {}});
  const auto named = compile_watchlists(settings, before);
  EXPECT_THAT(matching(named, article("x", "Bakou")), ElementsAre("a"));
  settings.names[0].place.line = 7;
  EXPECT_EQ(compile_watchlists(settings, named), named) << "they only stand elsewhere in their file";
}

TEST(Watchlists, AWrongOneLeavesTheVersionBeforeAsItWas) {
  config::Settings settings = with_lists("[[watchlist]]\nid = \"a\"\nkeywords = [\"Baku\"]\n");
  const auto before = compile_watchlists(settings);
  const config::Settings wrong = with_lists("[[watchlist]]\nid = \"a\"\nquery = '(Iran AND'\n");
  EXPECT_THROW(compile_watchlists(wrong, before), config::ConfigError);
  EXPECT_THAT(matching(before, article("x", "Baku")), ElementsAre("a"));
}

TEST(AlertPolicy, ThresholdsThenMuteThenHours) {
  ListRules rules;
  match::Match match;
  match.score = 10;
  match.mentions = 2;
  EXPECT_EQ(decide(match, rules, kMonday0930), Decision::alert);
  rules.hours = *watchlist::ActiveHours::read("10:00-11:00", "Mon", "UTC");
  EXPECT_EQ(decide(match, rules, kMonday0930), Decision::defer);
  EXPECT_EQ(decide(match, rules, kMonday0930 + 30min), Decision::alert);
  EXPECT_EQ(activity(rules, kMonday0930), "quiet");
  rules.hold = false;
  EXPECT_EQ(decide(match, rules, kMonday0930), Decision::quiet);
  rules.mute_until = kMonday0930 + 1h;
  EXPECT_EQ(decide(match, rules, kMonday0930 + 59min), Decision::muted);
  EXPECT_EQ(activity(rules, kMonday0930), "muted");
  EXPECT_EQ(decide(match, rules, kMonday0930 + 60min), Decision::alert)
      << "hours over, but not deferred: 10:30 is open";
  rules.min_mentions = 3;
  EXPECT_EQ(decide(match, rules, kMonday0930), Decision::below_threshold);
  rules.min_mentions = 1;
  rules.min_score = 10.5;
  EXPECT_EQ(decide(match, rules, kMonday0930), Decision::below_threshold);
}

TEST(Drafts, CarryOwnerGroupAndWhatBecameOfThem) {
  const auto lists = compile(R"(
[group]
id = "east"
owner = { name = "Dana", contact = "dana@example.org" }
[[watchlist]]
id = "open"
keywords = ["Baku"]
[[watchlist]]
id = "deferred"
keywords = ["Baku"]
active = { hours = "10:00-11:00" }
[[watchlist]]
id = "quiet"
keywords = ["Baku"]
active = { hours = "10:00-11:00", outside = "quiet" }
[[watchlist]]
id = "muted"
keywords = ["Baku"]
mute_until = 2026-03-03T00:00:00Z
[[watchlist]]
id = "below"
keywords = ["Baku"]
min_mentions = 3
)");
  MatcherPool pool(lists, std::make_shared<match::Frequencies>());
  const Article one = article("Baku", "Baku");
  config::SourceSettings source;
  source.id = "wire";
  const std::string item = "1";
  const Drafts drafts = draft_alerts(one, pool.match(to_document(one, source)).found,
                                     {source, item, {}, {}, 1, {}, {kMonday0930, kMonday0930, kMonday0930}});
  ASSERT_EQ(drafts.alerts.size(), 3U);
  const auto body = [&](std::size_t i) {
    return json::parse(bus::complete_body(drafts.alerts[i].body, Time{}, Time{})).as_object();
  };
  EXPECT_EQ(drafts.alerts[0].channel, "open");
  EXPECT_EQ(body(0).at("watchlist").at("owner").at("contact"), "dana@example.org");
  EXPECT_EQ(body(0).at("watchlist").at("group"), "east");
  EXPECT_EQ(body(0).at("mentions"), 2);
  EXPECT_FALSE(drafts.alerts[0].deferred || body(0).contains("quiet") || body(0).contains("deferredSinceMs"));
  EXPECT_TRUE(drafts.alerts[1].deferred);
  EXPECT_EQ(body(1).at("deferredSinceMs"), json::value(std::to_string(to_ms(kMonday0930))));
  EXPECT_FALSE(drafts.alerts[2].deferred);
  EXPECT_EQ(body(2).at("quiet"), true);
  ASSERT_EQ(drafts.suppressed.size(), 2U);
  EXPECT_TRUE(drafts.suppressed[0].muted);
  EXPECT_FALSE(drafts.suppressed[1].muted);
}

/// Drafts all groups of alerts for an article that matches `lists` watchlists.
std::vector<Drafts> all_groups(std::size_t lists, const std::string& text, const std::string& extra = "") {
  std::string settings;
  for (std::size_t i = 0; i < lists; ++i) {
    settings += fmt::format("[[watchlist]]\nid = \"w{}\"\nkeywords = [\"Baku\"]\n{}", i, extra);
  }
  MatcherPool pool(compile(settings), std::make_shared<match::Frequencies>());
  const Article one = article("Baku", text);
  config::SourceSettings source;
  source.id = "wire";
  const std::string item = "1";
  const std::vector<Found> found = pool.match(to_document(one, source)).found;
  std::vector<Drafts> out;
  for (std::span<const Found> rest = found; !rest.empty(); rest = rest.subspan(out.back().used)) {
    out.push_back(draft_alerts(one, rest, {source, item, {}, {}, 1, {}, {kMonday0930, kMonday0930, kMonday0930}}));
    if (out.back().used == 0) break;
  }
  return out;
}

TEST(Drafts, OfManyWatchlistsComeInGroupsAndInOrder) {
  std::vector<std::string> channels;
  for (const Drafts& group : all_groups(250, "Baku")) {
    EXPECT_LE(group.alerts.size(), kGroupAlerts);
    for (const store::NewAlert& alert : group.alerts) channels.push_back(alert.channel);
  }
  ASSERT_EQ(channels.size(), 250U);
  for (std::size_t i = 0; i < channels.size(); ++i) EXPECT_EQ(channels[i], "w" + std::to_string(i));
}

TEST(Drafts, OfALongTextComeInGroupsOfBoundedSize) {
  std::string text;
  while (text.size() < (std::size_t{1} << 20U)) text += "Baku lies on the sea. ";
  std::size_t alerts = 0;
  for (const Drafts& group : all_groups(40, text)) {
    std::size_t bytes = 0;
    for (const store::NewAlert& alert : group.alerts) bytes += alert.body.size();
    EXPECT_LE(bytes, kGroupBytes + bus::kMaxBody);
    alerts += group.alerts.size();
  }
  EXPECT_EQ(alerts, 40U);
}

TEST(Drafts, MatchesWithoutAnAlertFillNoGroup) {
  const std::vector<Drafts> groups = all_groups(250, "Baku", "min_mentions = 9\n");
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_EQ(groups[0].suppressed.size(), 250U);
}

TEST(WatchlistStats, KnowsWhatIsDue) {
  const auto lists = compile(
      "[[watchlist]]\nid = \"a\"\nkeywords = [\"x\"]\nactive = { hours = \"10:00-11:00\" }\n"
      "[[watchlist]]\nid = \"m\"\nkeywords = [\"x\"]\nmute_until = 2026-03-03T00:00:00Z\n");
  WatchlistStats book;
  book.load({{"a", 4, kMonday0930, 0, 0, 0}, {"gone", 0, {}, 1, 0, 0}, {"m", 0, {}, 1, 0, 0}});
  EXPECT_THAT(book.due(*lists, kMonday0930), ElementsAre("gone")) << "of a list that is no more";
  store::Committed committed;
  committed.deferred = {"a", "a"};
  book.note(committed, {{"a", true}, {"a", false}});
  EXPECT_EQ(book.of("a").deferred, 2U);
  EXPECT_EQ(book.of("a").muted, 1U);
  EXPECT_EQ(book.of("a").below_threshold, 1U);
  EXPECT_EQ(book.deferred(), 4U);
  EXPECT_THAT(book.due(*lists, kMonday0930), ElementsAre("gone"));
  EXPECT_THAT(book.due(*lists, kMonday0930 + 30min), ElementsAre("a", "gone"));
  store::Committed released;
  released.released = 2;
  released.alerts = {{9, 5, kMonday0930 + 30min, {}, "a", "wire", ""}};
  book.note_released("a", released);
  EXPECT_EQ(book.of("a").deferred, 0U);
  EXPECT_EQ(book.of("a").alerts, 5U);
  EXPECT_EQ(book.of("a").last, kMonday0930 + 30min);
  book.note_released("gone", {});
  EXPECT_THAT(book.due(*lists, kMonday0930 + 30min), IsEmpty()) << "what is not there is not asked for for ever";
  EXPECT_THAT(book.due(*lists, kMonday0930 + 24h), ElementsAre("m")) << "its mute is over";
}

}  // namespace
}  // namespace pw::pipeline
