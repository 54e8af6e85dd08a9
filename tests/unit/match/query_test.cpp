#include "match/query.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw::match {
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
  EXPECT_THAT(error_of("(a AND b) NEAR/2 c").message, HasSubstr("only words"));
  EXPECT_THAT(error_of("a NEAR/2 b NEAR/2 c").message, HasSubstr("chained"));
  EXPECT_THAT(error_of("*ran").message, HasSubstr("at the end"));
  EXPECT_THAT(error_of("Iran?").message, HasSubstr("at the end"));
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

TEST(Query, KeywordsAreAnyOf) {
  const auto parsed = parse_keywords({"Iran", "Ilham Aliyev", "Azer*"});
  EXPECT_EQ(to_query(std::get<Node>(parsed)), "(Iran OR \"Ilham Aliyev\" OR Azer*)");
}

}  // namespace
}  // namespace pw::match
