#include "cli/query/query_files.hpp"

#include "cli/query/query_input.hpp"
#include "query/dialect/dialect.hpp"
#include "unit/cli/folder_test.hpp"

#include <gmock/gmock.h>

namespace pw::cli {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class QueryFilesTest : public FolderTest {
 protected:
  QueryFile queries(const std::string& name, std::string_view text) {
    return read_query_file(write(name, text), query::Dialect::presswatch);
  }
};

TEST_F(QueryFilesTest, AWatchlistFileGivesEachQueryWithItsOwnLine) {
  const auto file = queries("lists.toml", R"([[watchlist]]
id = "a"
title = "A"
query = 'Iran AND Baku'
[[watchlist]]
id = "b"
query = '''
"gas pipeline"
'''
dialect = "lexis"
[[watchlist]]
id = "c"
keywords = ["Tbilisi", "Batumi"]
[watchlist.names]
Tbilisi = ["Tiflis"]
)");
  EXPECT_THAT(file.problems, IsEmpty());
  ASSERT_THAT(file.queries, SizeIs(3));
  EXPECT_EQ(file.queries[0].line, 4U);
  EXPECT_EQ(file.queries[0].query, "Iran AND Baku");
  EXPECT_EQ(file.queries[1].line, 8U) << "where the text begins, not the quotes";
  EXPECT_EQ(file.queries[1].dialect, query::dialect_named("lexis"));
  EXPECT_THAT(file.queries[2].keywords, ElementsAre("Tbilisi", "Batumi"));
  ASSERT_THAT(file.queries[2].names, SizeIs(1));
  EXPECT_EQ(file.queries[2].names[0].name, "Tbilisi");
}

TEST_F(QueryFilesTest, LinesOfJsonAndPlainFiles) {
  const auto lines =
      queries("q.jsonl", "{\"id\":\"a\",\"query\":\"Iran\"}\n\n{\"query\":\"gas w/5 oil\",\"dialect\":\"lexis\"}\n");
  EXPECT_THAT(lines.problems, IsEmpty());
  ASSERT_THAT(lines.queries, SizeIs(2));
  EXPECT_EQ(lines.queries[0].id, "a");
  EXPECT_EQ(lines.queries[1].line, 3U);
  EXPECT_EQ(lines.queries[1].dialect, query::dialect_named("lexis"));
  const auto plain = queries("q.txt", "Iran AND\nBaku\n");
  ASSERT_THAT(plain.queries, SizeIs(1));
  EXPECT_EQ(plain.queries[0].query, "Iran AND\nBaku\n");
}

TEST_F(QueryFilesTest, WhatIsWrongWithTheFileIsSaidWithItsLine) {
  EXPECT_THAT(queries("q.jsonl", "{\"query\":\"Iran\"}\n{\"query\":7}\n[\n").problems,
              ElementsAre(EndsWith("q.jsonl:2: not a JSON object with a \"query\""), HasSubstr("q.jsonl:3: ")));
  EXPECT_THAT(queries("a.toml", "[[watchlist]]\nid = \"a\"\n").problems,
              ElementsAre(EndsWith("a.toml:1: a watchlist with neither query nor keywords")));
  EXPECT_THAT(queries("a.toml", "[[watchlist]]\nquery = 'x'\ndialect = \"lexi\"\n").problems,
              ElementsAre(EndsWith("a.toml:3: there is no dialect \"lexi\"; did you mean \"lexis\"?")));
  EXPECT_THAT(queries("a.toml", "[[watchlist]\n").problems, ElementsAre(HasSubstr("a.toml:1:13: ")));
  EXPECT_THAT(read_query_file((folder_.path() / "none").string(), query::Dialect::presswatch).problems,
              ElementsAre(HasSubstr("cannot open ")));
}

TEST_F(QueryFilesTest, ArticlesOfEveryForm) {
  const auto text = read_articles(write("a.txt", "A title \n\nFirst.\nSecond.\n"));
  ASSERT_TRUE(text);
  EXPECT_EQ(text->at(0).title, "A title");
  EXPECT_EQ(text->at(0).text, "First.\nSecond.");
  EXPECT_EQ(read_articles(write("b.txt", "No title\nhere"))->at(0).text, "No title\nhere");

  const auto lines = read_articles(write("a.jsonl", R"({"id":"1","title":"T","tags":["x","y"],"authors":["A"]}
{"text":"body","language":"fa"})"));
  ASSERT_TRUE(lines);
  ASSERT_THAT(*lines, SizeIs(2));
  EXPECT_THAT(lines->at(0).tags, ElementsAre("x", "y"));
  EXPECT_EQ(lines->at(1).document().language, "fa");

  const auto page = read_articles(
      write("a.html",
            "<html lang=en><head><title>Iran meets Baku</title></head><body><article><h1>Iran meets Baku</h1>"
            "<p>Officials from several countries met on Tuesday to talk about trade, transport and energy.</p>"
            "</article></body></html>"));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->at(0).title, "Iran meets Baku");
  EXPECT_THAT(page->at(0).text, HasSubstr("trade, transport"));
}

TEST_F(QueryFilesTest, ArticlesThatCannotBeReadSayWhy) {
  const auto why = [this](const std::string& name, std::string_view content) {
    const auto read = read_articles(write(name, content));
    return read ? "" : read.error().message;
  };
  EXPECT_THAT(why("a.json", "{\"title\":"), HasSubstr("not JSON"));
  EXPECT_THAT(why("a.json", "[1]"), HasSubstr("not a JSON object"));
  EXPECT_THAT(why("a.json", " \n"), HasSubstr("holds no article"));
  EXPECT_THAT(read_articles(folder_.path() / "none.txt").error().message, HasSubstr("cannot open"));
}

}  // namespace
}  // namespace pw::cli
