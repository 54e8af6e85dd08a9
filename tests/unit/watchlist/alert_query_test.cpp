#include "watchlist/alert_query.hpp"

#include "query/query.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw::watchlist {
namespace {

using testing::HasSubstr;

std::string query(std::string_view line) {
  const auto out = translate_alert(line);
  if (const auto* problem = std::get_if<AlertProblem>(&out)) return "refused: " + problem->message;
  return std::get<std::string>(out);
}

TEST(AlertQuery, WordsSideBySideMustAllBeThere) {
  EXPECT_EQ(query("Iran"), "Iran");
  EXPECT_EQ(query("Iran Israel Baku"), "Iran AND Israel AND Baku");
  EXPECT_EQ(query("Iran AND Israel"), "Iran AND Israel");
  EXPECT_EQ(query("\"Ilham Aliyev\" Иран"), "\"Ilham Aliyev\" AND Иран");
}

TEST(AlertQuery, OrBindsTighterThanSideBySide) {
  EXPECT_EQ(query("gas oil OR pipeline | rail Baku"), "gas AND (oil OR pipeline OR rail) AND Baku");
  EXPECT_EQ(query("(gas oil) OR rail"), "(gas AND oil) OR rail");
  EXPECT_EQ(query("(a OR b) (c OR d)"), "(a OR b) AND (c OR d)");
}

TEST(AlertQuery, ExclusionsComeLastWhereverTheyStand) {
  EXPECT_EQ(query("-football Iran -\"world cup\" -(a OR b)"),
            "Iran AND NOT football AND NOT \"world cup\" AND NOT (a OR b)");
  EXPECT_EQ(query("Iran NOT football"), "Iran AND NOT football");
  EXPECT_EQ(query("Iran -site:example.org"), "Iran AND NOT site:example.org");
}

TEST(AlertQuery, LimitsAreOurs) {
  EXPECT_EQ(query("site:https://Example.org/ Iran"), "site:example.org AND Iran");
  EXPECT_EQ(query("site:*.az OR site:.ge Iran"), "(site:az OR site:ge) AND Iran");
  EXPECT_EQ(query("intitle:Iran inurl:politics"), "title:Iran AND url:politics");
  EXPECT_EQ(query("intitle:\"gas deal\" OR intitle:(a b)"), "title:\"gas deal\" OR title:(a AND b)");
  EXPECT_EQ(query("Iran allintitle: gas deal"), "Iran AND title:(gas AND deal)");
  EXPECT_EQ(query("\"gas\" AROUND(5) Baku"), "\"gas\" NEAR/5 Baku");
}

TEST(AlertQuery, WordsThatWouldMeanSomethingElseAreQuoted) {
  EXPECT_EQ(query("trinidad and tobago"), "trinidad AND \"and\" AND tobago");
  EXPECT_EQ(query("covid-19 AT&T don't"), "\"covid-19\" AND \"AT&T\" AND \"don't\"");
  EXPECT_EQ(query("10:30 train near"), "\"10:30\" AND train AND \"near\"");
  EXPECT_EQ(query("android nearly total"), "android AND nearly AND total");
  EXPECT_EQ(query("azer* +Baku"), "azer* AND Baku");
  EXPECT_EQ(query("“smart quotes” «ёлочки»"), "\"smart quotes\" AND \"ёлочки\"");
}

TEST(AlertQuery, ADashIsAMinusAndGershayimAreNoQuotes) {
  EXPECT_EQ(query("Iran –football"), "Iran AND NOT football");
  EXPECT_EQ(query("ארה\"ב \"דובר צה\"ל\""), "ארה\"ב AND \"דובר צה\"ל\"");
}

TEST(AlertQuery, MarksThatWouldBePassedOverAreRefused) {
  EXPECT_THAT(query("Iran #oil"), HasSubstr("social media"));
  EXPECT_THAT(query("C++ oil"), HasSubstr("{C++}"));
  EXPECT_THAT(query("oil place_country:us"), HasSubstr("place_country: is not supported"));
}

TEST(AlertQuery, WhatHasNoMeaningHereIsRefusedWithTheReason) {
  for (const auto& [line, reason] : {std::pair{"filetype:pdf Iran", "filetype: is not supported"},
                                     {"intitel:x", "did you mean intitle:?"},
                                     {"\"a * b\"", "a * inside a phrase"},
                                     {"a*b", "end of a word"},
                                     {"~gas", "fuzzy"},
                                     {"-a -b", "only words to exclude"},
                                     {"a (-b)", "only words to exclude"},
                                     {"a OR -b", "cannot be next to OR"},
                                     {"--a", "excluded twice"},
                                     {"(a", "never closed"},
                                     {"a)", "closes nothing"},
                                     {"()", "brackets are empty"},
                                     {"\"a", "missing closing quote"},
                                     {"\" \"", "marks are empty"},
                                     {"a OR", "expected a word"},
                                     {"OR a", "expected a word"},
                                     {"a - b", "dash"},
                                     {"a AROUND(x) b", "AROUND wants"},
                                     {"site:", "followed by a value"},
                                     {"site:example.org/news", "needs a host"},
                                     {"", "nothing to search for"}}) {
    EXPECT_THAT(query(line), HasSubstr(reason)) << line;
  }
  EXPECT_THAT(query(std::string(5000, '(')), HasSubstr("too deeply"));
}

TEST(AlertQuery, WhatComesOutIsAQuery) {
  for (const std::string_view line :
       {"a (b OR c) -d", "intitle:(a OR \"b c\") site:example.org", "x AROUND(3) (y OR z)", "\"AND\" or not",
        "-site:example.org -intitle:opinion (gas | oil) Baku*", "allintext: one two OR three"}) {
    const std::string made = query(line);
    EXPECT_TRUE(std::holds_alternative<query::Node>(query::parse_query(made))) << line << " -> " << made;
  }
}

}  // namespace
}  // namespace pw::watchlist
