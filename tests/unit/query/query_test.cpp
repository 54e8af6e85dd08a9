#include "query/query.hpp"

#include "query/names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw::query {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string reads_as(std::string_view query) {
  const auto parsed = parse_query(query);
  const auto* error = std::get_if<QueryError>(&parsed);
  return error != nullptr ? "error: " + error->message : to_query(std::get<Node>(parsed));
}

QueryError error_of(std::string_view query) {
  const auto parsed = parse_query(query);
  const auto* error = std::get_if<QueryError>(&parsed);
  return error != nullptr ? *error : QueryError{"accepted as " + to_query(std::get<Node>(parsed)), 999, {}};
}

TEST(Query, OperatorsAndBrackets) {
  EXPECT_EQ(reads_as("iran"), "iran");
  EXPECT_EQ(reads_as("(a OR b) AND NOT c"), "((a OR b) AND NOT c)");
  EXPECT_EQ(reads_as("a NOT b"), "(a AND NOT b)");
  EXPECT_EQ(reads_as("a -b"), "(a AND NOT b)");
  EXPECT_EQ(reads_as("baku and tehran"), "(baku AND tehran)");
  EXPECT_EQ(reads_as("a NEAR/3 b"), "(a NEAR/3 b)");
  EXPECT_EQ(reads_as("a NEAR b"), "(a NEAR/4 b)");
  EXPECT_EQ(reads_as("a ONEAR/2 b"), "(a ONEAR/2 b)");
  EXPECT_EQ(reads_as("a NEAR/2f b"), "(a ONEAR/2 b)");
}

TEST(Query, PhrasesPrefixesFieldsAndMarks) {
  EXPECT_EQ(reads_as("“oil price”"), "\"oil price\"");
  EXPECT_EQ(reads_as("\"oil price\"~5"), "\"oil price\"~5");
  EXPECT_EQ(reads_as("title:(iran OR baku*)"), "(title:iran OR title:baku*)");
  EXPECT_EQ(reads_as("{US}"), "{US}");
  EXPECT_EQ(reads_as("atleast3(iran)"), "atleast3(iran)");
  EXPECT_EQ(reads_as("iran AND lang:en"), "(iran AND lang:\"en\")");
  EXPECT_EQ(reads_as("iran <<< the country >>> OR iraq # both"), "(iran OR iraq)");
}

TEST(Query, WildcardsStandInWordsAndPhrases) {
  EXPECT_EQ(reads_as("organi?ation"), "organi?ation");
  EXPECT_EQ(reads_as("Iran?"), "Iran?");
  EXPECT_EQ(reads_as("wom?n*"), "wom?n*");
  EXPECT_EQ(reads_as("\"apple orchard*\""), "(apple ONEAR/0 orchard*)");
  EXPECT_EQ(reads_as("\"new oil pric* index\""), "((\"new oil\" ONEAR/0 pric*) ONEAR/0 index)");
  EXPECT_EQ(reads_as("\"oil pric*\"~3"), "(oil NEAR/3 pric*)");
  EXPECT_EQ(reads_as("\"Is it true?\""), "\"Is it true?\"");
  EXPECT_THAT(error_of("\"a b cd*\"~3").message, HasSubstr("three words"));
  EXPECT_THAT(error_of("U.S.*").message, HasSubstr("one word"));
}

TEST(Query, SentencesParagraphsAndNearsInsideNears) {
  EXPECT_EQ(reads_as("a /s b"), "(a /s b)");
  EXPECT_EQ(reads_as("a /P b"), "(a /p b)");
  EXPECT_EQ(reads_as("(a NEAR/2 b) NEAR/5 c"), "((a NEAR/2 b) NEAR/5 c)");
  EXPECT_EQ(reads_as("((a NEAR/2 b) OR d) /s c"), "(((a NEAR/2 b) OR d) /s c)");
  EXPECT_THAT(error_of("(a NEAR/200 b) NEAR/5 c").message, HasSubstr("inside a NEAR"));
  EXPECT_THAT(error_of("a NEAR/2 b NEAR/3 c").readings,
              ElementsAre("(a NEAR/2 b) NEAR/3 c", "(a NEAR/2 b) AND (b NEAR/3 c)"));
}

TEST(Query, FieldsWhoseValueIsNotInTheText) {
  EXPECT_EQ(reads_as("iran AND author:\"Jane Smith\""), "(iran AND author:\"jane smith\")");
  EXPECT_EQ(reads_as("author:(Smith OR Jones)"), "(author:\"smith\" OR author:\"jones\")");
  EXPECT_EQ(reads_as("iran AND Country:AZ"), "(iran AND country:\"az\")");
  EXPECT_EQ(reads_as("country:[am TO az]"), "country:[am TO az]");
  EXPECT_EQ(reads_as("site:example.org"), "site:\"example.org\"");
  EXPECT_THAT(error_of("country:Israel").message, HasSubstr("two letters"));
  EXPECT_THAT(error_of("lang:english").message, HasSubstr("lang:en"));
  EXPECT_THAT(error_of("title:[a TO b]").message, HasSubstr("is text"));
  EXPECT_THAT(error_of("[a TO b]").message, HasSubstr("after a field"));
  EXPECT_THAT(error_of("NOT lang:en").message, HasSubstr("NOT"));
}

TEST(Query, MarksOfOtherProductsAreRefusedWithReadings) {
  EXPECT_THAT(error_of("oil w/5 price").readings, ElementsAre("NEAR/4", "NEAR/5"));
  EXPECT_THAT(error_of("oil w/s price").readings, ElementsAre("/s"));
  EXPECT_THAT(error_of("pric!").readings, ElementsAre("pric*", "\"pric\""));
  EXPECT_THAT(error_of("+oil").message, HasSubstr("lucene"));
  EXPECT_THAT(error_of("roam~").message, HasSubstr("fuzzy"));
  EXPECT_EQ(error_of("oil AND roam~2").offset, 12U);
}

TEST(Query, PastedOperatorsAndQuotesAreRead) {
  EXPECT_EQ(reads_as("oil near/3 price"), "(oil NEAR/3 price)");
  EXPECT_EQ(reads_as("oil Or gas"), "(oil OR gas)");
  EXPECT_EQ(reads_as("oil && gas"), "(oil AND gas)");
  EXPECT_EQ(reads_as("oil || gas"), "(oil OR gas)");
  EXPECT_EQ(reads_as("«нефть и газ»\n OR\u00a0„oil price”"), "(\"нефть и газ\" OR \"oil price\")");
  EXPECT_EQ(reads_as("(oil OR gas)^3"), "(oil^3 OR gas^3)");
  EXPECT_EQ(reads_as("oil^1.5"), "oil^1.5");
  EXPECT_EQ(reads_as("((oil^100 OR gas^0.01)^0.01)^1000"), "(oil^1000 OR gas^0.1)");
  EXPECT_EQ(reads_as("(oil^10000)^10000"), "oil^10000");
  EXPECT_EQ(reads_as("oil -(gas OR coal)"), "(oil AND NOT (gas OR coal))");
  EXPECT_EQ(reads_as("oil -\"gas price\""), "(oil AND NOT \"gas price\")");
}

TEST(Query, WhatIsPrintedIsReadAsTheSameTree) {
  for (const std::string_view query :
       {"\"and\" OR \"near\"", "«he said \"no\"»", "O'Brien", "\"U.S.\" AND title:{US}^4", "بغداد OR \"şeýle\"",
        "(a OR b) /p (\"c de*\" OR e?f)", "atleast3(a OR \"b c\") NOT lang:en", "\"a b c\"~4", "\"™x\""}) {
    const std::string printed = reads_as(query);
    EXPECT_THAT(printed, testing::Not(testing::StartsWith("error"))) << query;
    EXPECT_EQ(reads_as(printed), printed) << query;
  }
}

TEST(Query, TwoTermsWithoutAnOperatorShowTheReadings) {
  const QueryError error = error_of("oil price");
  EXPECT_EQ(error.offset, 4U);
  EXPECT_THAT(error.readings, ElementsAre("oil AND price", "oil OR price", "\"oil price\""));
}

TEST(Query, AMixtureOfAndAndOrShowsBothReadings) {
  const QueryError error = error_of("a AND b OR c");
  EXPECT_EQ(error.offset, 8U);
  EXPECT_THAT(error.readings, ElementsAre("(a AND b) OR c", "a AND (b OR c)"));
  EXPECT_THAT(error_of("a OR b AND c").readings, ElementsAre("(a OR b) AND c", "a OR (b AND c)"));
}

TEST(Query, ErrorsSayWhere) {
  EXPECT_EQ(error_of("(a OR b").offset, 0U);
  EXPECT_EQ(error_of("a OR b)").offset, 6U);
  EXPECT_EQ(error_of("a AND").offset, 5U);
  EXPECT_THAT(error_of("titel:a").message, HasSubstr("title:"));
  EXPECT_EQ(error_of("a OR }").offset, 5U);
  EXPECT_THAT(error_of("\"a").message, HasSubstr("quote"));
  EXPECT_THAT(error_of("NOT a").message, HasSubstr("NOT"));
  EXPECT_THAT(error_of("a OR NOT b").message, HasSubstr("NOT"));
  EXPECT_THAT(error_of("a OR b OR NOT c").readings, ElementsAre("((a OR b) AND NOT c)"));
  EXPECT_THAT(error_of("title:a NEAR/2 text:b").readings, ElementsAre("title:a AND text:b"));
  EXPECT_EQ(reads_as("(title:a OR b) NEAR/2 lead:c"), "((title:a OR b) NEAR/2 lead:c)");
  EXPECT_THAT(error_of("(a AND b) NEAR/2 c").readings, ElementsAre("(a NEAR/2 c) AND (b NEAR/2 c)", "(a AND b) AND c"));
  EXPECT_THAT(error_of("title: oil").message, HasSubstr("directly followed"));
  EXPECT_THAT(error_of("oil AND source:reuters^2").message, HasSubstr("does not affect the score"));
  EXPECT_THAT(error_of("(a AND b) NEAR/2 c").message, HasSubstr("operands of NEAR"));
  EXPECT_THAT(error_of("a NEAR/2 b NEAR/2 c").message, HasSubstr("consecutive NEARs"));
  EXPECT_THAT(error_of("*ran").message, HasSubstr("cannot begin"));
  EXPECT_THAT(error_of("?ran").message, HasSubstr("cannot begin"));
  EXPECT_THAT(error_of("a*").message, HasSubstr("two letters"));
  EXPECT_EQ(error_of("Az*jan").offset, 2U);
  EXPECT_THAT(error_of("Az*jan").readings, ElementsAre("Az*"));
  EXPECT_THAT(error_of("").message, HasSubstr("empty"));
  EXPECT_THAT(error_of("...").message, HasSubstr("no letter"));
  EXPECT_THAT(error_of(std::string(200, '(') + "a" + std::string(200, ')')).message, HasSubstr("nested"));
}

TEST(Query, TheCaretStandsUnderTheCharacter) {
  const std::string query = "Баку OR (Иран";
  EXPECT_THAT(render(error_of(query), query), HasSubstr("\n    Баку OR (Иран\n            ^"));
}

TEST(Query, NamesStandForTheirAliases) {
  const Names names{{"Iran", {"Иран", "ایران"}}};
  const auto parsed = parse_query("iran AND oil", names);
  EXPECT_EQ(to_query(std::get<Node>(parsed)), "((iran OR Иран OR ایران) AND oil)");
}

TEST(Query, AnEnglishAliasStandsForTheNameAsWell) {
  const Names names{{"Benjamin Netanyahu", {{"Netanyahu", "en"}, {"נתניהו", "mul"}}}};
  EXPECT_EQ(to_query(std::get<Node>(parse_query("netanyahu", names))),
            "(netanyahu OR \"Benjamin Netanyahu\" OR נתניהו)");
  EXPECT_EQ(to_query(std::get<Node>(parse_query("נתניהו", names))), "נתניהו");
}

TEST(Query, AliasesHaveTheFormsOfTheirLanguage) {
  const Names names{{"Iran", {{"Иран*", "ru"}, {"איראן", "he"}, {"İran", "az"}, {"إيران", "ar"}, {"Իրան", "hy"}}}};
  const std::string all = to_query(std::get<Node>(parse_query("Iran", names)));
  for (const char* form : {"Иран*", "באיראן", "ולאיראן", "İranda", "وإيران", "بإيران", "Իրանում"}) {
    EXPECT_THAT(all, HasSubstr(std::string(" OR ") + form)) << all;
  }
  EXPECT_THAT(all, testing::Not(HasSubstr("İran ")));
}

TEST(Query, TheArabicArticleJoinsItsParticle) {
  const Names names{{"Jordan", {{"الأردن", "ar"}}}};
  const std::string all = to_query(std::get<Node>(parse_query("Jordan", names)));
  EXPECT_THAT(all, HasSubstr("للأردن"));
  EXPECT_THAT(all, HasSubstr("بالأردن"));
}

TEST(Query, AliasesMayHaveInflectedParts) {
  const Names names{{"Ilham Aliyev", {"Ильхам* Алиев*"}}};
  EXPECT_EQ(to_query(std::get<Node>(parse_query("\"Ilham Aliyev\" NEAR/3 x", names))),
            "((\"Ilham Aliyev\" OR (Ильхам* ONEAR/0 Алиев*)) NEAR/3 x)");
}

TEST(Query, ANameThatIsItselfInBracesMatchesAsWritten) {
  const Names names{{"Baku", {"{Baku}", "{BAKU}", "Баку"}}, {"Kabul", {"Kabul*"}}};
  EXPECT_EQ(to_query(std::get<Node>(parse_query("baku AND oil", NameTable(names)))),
            "(({Baku} OR {BAKU} OR Баку) AND oil)");
  EXPECT_EQ(to_query(std::get<Node>(parse_keywords({"Baku", "Kabul"}, NameTable(names)))),
            "(({Baku} OR {BAKU} OR Баку) OR (Kabul OR Kabul*))");
}

TEST(Query, KeywordsAreAnyOf) {
  const auto mixed = parse_keywords({"oil, \"gas, natural\" | coal", "{US}"}, NameTable({}));
  EXPECT_EQ(to_query(std::get<Node>(mixed)), "(oil OR \"gas, natural\" OR coal OR {US})");
  const auto parsed = parse_keywords({"Iran", "Ilham Aliyev", "Azer*"}, NameTable({}));
  EXPECT_EQ(to_query(std::get<Node>(parsed)), "(Iran OR \"Ilham Aliyev\" OR Azer*)");
}

/// Found by fuzzing: invalid continuation bytes moved the start of the excerpt past the error position.
TEST(Query, AnErrorIsShownInTextThatIsNotUtf8) {
  for (const std::string& begin :
       {std::string("\x80\x80\x80"), std::string(700, '\x80'), std::string("\x80\n\x80\x80")}) {
    const std::string query = begin + " (";
    for (std::size_t offset = 0; offset <= query.size() + 1; ++offset) {
      EXPECT_THAT(render({"wrong", offset, {}}, query), HasSubstr("^"));
    }
  }
}

}  // namespace
}  // namespace pw::query
