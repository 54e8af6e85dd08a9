#include "config/load.hpp"
#include "watchlist/csv.hpp"
#include "watchlist/imported.hpp"
#include "watchlist/list_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw::watchlist {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::vector<std::string>> cells(std::string_view text) {
  std::vector<std::vector<std::string>> out;
  const Csv csv = read_csv(text);
  EXPECT_FALSE(csv.problem);
  for (const CsvRow& row : csv.rows) out.push_back(row.cells);
  return out;
}

TEST(Csv, QuotingIsThatOfRfc4180) {
  EXPECT_THAT(cells("a,b\r\n\"x, \"\"y\"\"\",\"two\r\nlines\"\r\n"),
              ElementsAre(ElementsAre("a", "b"), ElementsAre("x, \"y\"", "two\r\nlines")));
  EXPECT_THAT(cells("\xEF\xBB\xBFone\ntwo"), ElementsAre(ElementsAre("one"), ElementsAre("two")));
  EXPECT_THAT(cells("a,,\n\n,,\nb,\"\",\"c\""), ElementsAre(ElementsAre("a", "", ""), ElementsAre("b", "", "c")));
  EXPECT_THAT(cells(""), IsEmpty());
}

TEST(Csv, TheSeparatorIsThatOfTheFirstRow) {
  EXPECT_THAT(cells("a;b\n1,5;2"), ElementsAre(ElementsAre("a", "b"), ElementsAre("1,5", "2")));
  EXPECT_THAT(cells("a\tb\nx;y\tz"), ElementsAre(ElementsAre("a", "b"), ElementsAre("x;y", "z")));
  EXPECT_THAT(cells("\"a;;;\",b\n1,2"), ElementsAre(ElementsAre("a;;;", "b"), ElementsAre("1", "2")));
}

TEST(Csv, RowsKnowTheLineOnWhichTheyBegin) {
  const Csv csv = read_csv("a\n\"x\ny\"\n\nb\n");
  ASSERT_EQ(csv.rows.size(), 3U);
  EXPECT_EQ(csv.rows[1].line, 2U);
  EXPECT_EQ(csv.rows[2].line, 5U);
}

TEST(Csv, BrokenQuotesAreNamedWithTheirLine) {
  const Csv open = read_csv("a,b\nx,\"y\nz\n");
  ASSERT_TRUE(open.problem);
  EXPECT_EQ(open.problem->line, 2U);
  EXPECT_EQ(open.rows.size(), 1U);
  ASSERT_TRUE(read_csv("\"a\"b,c").problem);
}

std::string problems(const Imported& imported) {
  std::string out;
  for (const auto& one : imported.problems) out += std::to_string(one.line) + ": " + one.message + "\n";
  return out;
}

TEST(ImportCsv, TakesEveryColumn) {
  const Imported imported = import_csv(
      "ID,Title,query,keywords,Priority,languages,sources,fields,group,owner,contact,notes,min score,min_mentions,"
      "per_story,enabled,dialect\n"
      "a,Title A,Iran AND "
      "Baku,,HIGH,en;ru,tag:wire,title|lead,east,Dana,dana@example.org,\"one\ntwo\",2.5,3,yes,no,Lexis\n"
      ",,,gas|pipe line,,,,,,,,,,,,,\n",
      {"gas"}, "rest");
  EXPECT_EQ(problems(imported), "");
  ASSERT_EQ(imported.lists.size(), 2U);
  const config::WatchlistSettings& a = imported.lists[0];
  EXPECT_EQ(a.query, "Iran AND Baku");
  EXPECT_EQ(a.dialect, "lexis");
  EXPECT_EQ(a.priority, "high");
  EXPECT_THAT(a.languages, ElementsAre("en", "ru"));
  EXPECT_THAT(a.fields, ElementsAre("title", "lead"));
  EXPECT_EQ(a.owner.contact, "dana@example.org");
  EXPECT_EQ(a.min_score, 2.5);
  EXPECT_EQ(a.min_mentions, 3U);
  EXPECT_TRUE(a.per_story);
  EXPECT_FALSE(a.enabled);
  EXPECT_EQ(imported.lists[1].id, "gas-2") << "there is a gas";
  EXPECT_EQ(imported.lists[1].group, "rest");
  EXPECT_THAT(imported.lists[1].keywords, ElementsAre("gas", "pipe line"));
}

TEST(ImportCsv, NamesEveryMistakeWithItsLine) {
  EXPECT_THAT(problems(import_csv("id,qeury\na,b\n", {}, "")), HasSubstr("1: unknown column \"qeury\"; did you mean"));
  EXPECT_THAT(problems(import_csv("id,title\na,b\n", {}, "")), HasSubstr("including query or keywords"));
  EXPECT_THAT(problems(import_csv("query,query\na,b\n", {}, "")), HasSubstr("duplicate column"));
  EXPECT_THAT(problems(import_csv("", {}, "")), HasSubstr("is empty"));
  EXPECT_THAT(problems(import_csv("query\ncaf\xe9\n", {}, "")), HasSubstr("not UTF-8"));
  const std::string text =
      problems(import_csv("id,query,min_score\na,x,much\nb,,\na,y,\nold,z,\nc,one,2,three\n\"open", {"old"}, ""));
  EXPECT_THAT(text, HasSubstr("2: min_score: invalid value \"much\""));
  EXPECT_THAT(text, HasSubstr("3: needs exactly one of query and keywords"));
  EXPECT_THAT(text, HasSubstr("4: the id \"a\" is already in use"));
  EXPECT_THAT(text, HasSubstr("5: the id \"old\" is already in use"));
  EXPECT_THAT(text, HasSubstr("6: has 4 cells, but the first row has 3"));
  EXPECT_THAT(text, HasSubstr("7: missing closing \""));
}

TEST(ImportLines, OneAlertALineWithAReadableId) {
  const Imported imported = import_lines(
      "# alerts of the desk\n\nИльхам Алиев\r\n\"gas pipeline\" OR Батуми\ngas pipeline batumi\n", {}, "g");
  EXPECT_EQ(problems(imported), "");
  ASSERT_EQ(imported.lists.size(), 3U);
  EXPECT_EQ(imported.lists[0].query, "Ильхам AND Алиев");
  EXPECT_EQ(imported.lists[0].id, "il-ham-aliev");
  EXPECT_EQ(imported.lists[1].id, "gas-pipeline-or-batumi");
  EXPECT_EQ(imported.lists[1].place.line, 4U);
  EXPECT_EQ(imported.lists[2].group, "g");
}

TEST(ImportLines, WhatIsNotUnderstoodIsNamedAndNothingIsLeftOut) {
  const std::string text = problems(import_lines("Iran\n-Iran\nsite:example.org/news x\n\xff\n", {}, ""));
  EXPECT_THAT(text, testing::StartsWith("2: column 1: there are only words to exclude"));
  EXPECT_THAT(text, HasSubstr("3: column 6: site: needs a host"));
  EXPECT_THAT(text, HasSubstr("4: is not UTF-8"));
}

TEST(ListText, IsReadBackToTheSameList) {
  config::WatchlistSettings list;
  list.id = "a";
  list.title = "It's \"here\"\tand \\ there";
  list.query = "\"x\" AND 'y'\n OR z";
  list.dialect = "lexis";
  list.priority = "high";
  list.languages = {"en", "ru"};
  list.fields = {"title", "lead"};
  list.owner = {"Dana \"D\"", "dana@example.org"};
  list.mute_until = from_ms(1'800'000'000'000);
  list.min_score = 12.5;
  list.min_mentions = 4;
  list.per_story = true;
  list.enabled = false;
  list.notes = std::string("bell \x07 and\nlines", 17);
  config::Settings settings;
  config::add_watchlists(to_toml(list), "made.toml", settings);
  ASSERT_EQ(settings.watchlists.size(), 1U);
  const config::WatchlistSettings& back = *settings.watchlists[0];
  EXPECT_EQ(back.title, list.title);
  EXPECT_EQ(back.query, list.query);
  EXPECT_EQ(back.dialect, list.dialect);
  EXPECT_EQ(back.priority, list.priority);
  EXPECT_EQ(back.languages, list.languages);
  EXPECT_EQ(back.fields, list.fields);
  EXPECT_EQ(back.owner, list.owner);
  EXPECT_EQ(back.mute_until, list.mute_until);
  EXPECT_EQ(back.min_score, list.min_score);
  EXPECT_EQ(back.min_mentions, list.min_mentions);
  EXPECT_EQ(back.per_story, list.per_story);
  EXPECT_EQ(back.enabled, list.enabled);
  EXPECT_EQ(back.notes, list.notes);
}

TEST(ListText, IdsAreLatinAndUnique) {
  EXPECT_EQ(make_id("Иран и Израиль", {}), "iran-i-izrail");
  EXPECT_EQ(make_id("  --Gas & Oil!", {}), "gas-oil");
  EXPECT_EQ(make_id("Gas", {"gas", "gas-2"}), "gas-3");
  EXPECT_EQ(make_id("…", {}), "list");
  EXPECT_LE(make_id(std::string(500, 'x'), {}).size(), 64U);
}

}  // namespace
}  // namespace pw::watchlist
