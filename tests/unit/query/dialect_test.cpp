#include "query/query.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw::query {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr Dialect kLexis = dialect_named("lexis").value();
constexpr Dialect kMeltwater = dialect_named("meltwater").value();
constexpr Dialect kBrandwatch = dialect_named("brandwatch").value();
constexpr Dialect kLucene = dialect_named("lucene").value();

std::string reads_as(std::string_view query, Dialect dialect) {
  const auto parsed = parse_query(query, Names{}, dialect);
  const auto* error = std::get_if<QueryError>(&parsed);
  return error != nullptr ? "error: " + render(*error, query) : to_query(std::get<Node>(parsed));
}

QueryError error_of(std::string_view query, Dialect dialect) {
  const auto parsed = parse_query(query, Names{}, dialect);
  const auto* error = std::get_if<QueryError>(&parsed);
  return error != nullptr ? *error : QueryError{"accepted as " + to_query(std::get<Node>(parsed)), 999, {}};
}

std::string lexis(std::string_view query) { return reads_as(query, kLexis); }
std::string meltwater(std::string_view query) { return reads_as(query, kMeltwater); }
std::string brandwatch(std::string_view query) { return reads_as(query, kBrandwatch); }
std::string lucene(std::string_view query) { return reads_as(query, kLucene); }

TEST(Lexis, ConnectorsBindInItsOrder) {
  EXPECT_EQ(lexis("a or b and c"), "((a OR b) AND c)");
  EXPECT_EQ(lexis("bankrupt! w/25 discharg! and student or college w/5 loan"),
            "((bankrupt* NEAR/24 discharg*) AND ((student OR college) NEAR/4 loan))");
  EXPECT_EQ(lexis("a and not b and c"), "(a AND NOT (b AND c))");
  EXPECT_EQ(lexis("a and not b or c"), "(a AND NOT (b OR c))");
  EXPECT_EQ(lexis("a but not b"), "(a AND NOT b)");
  EXPECT_EQ(lexis("a w/10 b w/3 c"), "(a NEAR/9 (b NEAR/2 c))");
  EXPECT_EQ(lexis("a w/3 b w/3 c"), "((a NEAR/2 b) NEAR/2 c)");
  EXPECT_EQ(lexis("a w/s b w/3 c"), "(a /s (b NEAR/2 c))");
  EXPECT_EQ(lexis("a w/p b or c"), "(a /p (b OR c))");
  EXPECT_EQ(lexis("(a and b) or c"), "((a AND b) OR c)");
}

TEST(Lexis, DistancesCountTheWordsFromOneToTheOther) {
  EXPECT_EQ(lexis("john pre/2 doe"), "(john ONEAR/1 doe)");
  EXPECT_EQ(lexis("oil W/1 price"), "(oil NEAR/0 price)");
  EXPECT_EQ(lexis("oil /5 price"), "(oil NEAR/4 price)");
  EXPECT_EQ(lexis("oil +5 price"), "(oil ONEAR/4 price)");
  EXPECT_EQ(lexis("oil onear/5 price"), "(oil ONEAR/4 price)");
  EXPECT_EQ(lexis("oil w/sent price"), "(oil /s price)");
  EXPECT_THAT(error_of("oil w/0 price", kLexis).message, HasSubstr("from 1 to 255"));
  EXPECT_THAT(error_of("oil w/300 price", kLexis).message, HasSubstr("from 1 to 255"));
}

TEST(Lexis, WordsSideBySideAreAPhrase) {
  EXPECT_EQ(lexis("oil price w/5 opec"), "(\"oil price\" NEAR/4 opec)");
  EXPECT_EQ(lexis("azerbaijan or nagorno karabakh"), "(azerbaijan OR \"nagorno karabakh\")");
  EXPECT_EQ(lexis("third party benefi!"), "(\"third party\" ONEAR/0 benefi*)");
  EXPECT_THAT(error_of("\"oil price\" opec", kLexis).message, HasSubstr("no operator"));
}

TEST(Lexis, TruncationAndUniversalCharacters) {
  EXPECT_EQ(lexis("azerb!"), "azerb*");
  EXPECT_EQ(lexis("wom*n"), "wom?n");
  EXPECT_EQ(lexis("transplant**"),
            "(transplant OR transplant? OR transplant?"
            "?)");
  EXPECT_EQ(lexis("int???et"), "int???et");
  EXPECT_EQ(lexis("\"third party benefi!\""), "(\"third party\" ONEAR/0 benefi*)");
  EXPECT_EQ(error_of("az!rb", kLexis).offset, 2U);
  EXPECT_THAT(error_of("az!rb", kLexis).readings, ElementsAre("az!"));
  EXPECT_THAT(error_of("*zerb", kLexis).message, HasSubstr("cannot begin"));
}

TEST(Lexis, SegmentsAreFields) {
  EXPECT_EQ(lexis("HEADLINE(azerbaijan or iran)"), "(title:azerbaijan OR title:iran)");
  EXPECT_EQ(lexis("hlead(iran w/5 israel)"), "((title:iran OR lead:iran) NEAR/4 (title:israel OR lead:israel))");
  EXPECT_EQ(lexis("body(oil) and byline(jane smith)"), "(text:oil AND author:\"jane smith\")");
  EXPECT_EQ(lexis("oil and language(english or russian)"), "(oil AND (lang:\"en\" OR lang:\"ru\"))");
  EXPECT_EQ(lexis("atleast5(iran)"), "atleast5(iran)");
  EXPECT_EQ(lexis("allcaps(aids) w/5 nocaps(us)"), "({AIDS} NEAR/4 {us})");
  EXPECT_EQ(lexis("oil w/seg price"), "((title:oil AND title:price) OR (text:oil AND text:price))");
}

TEST(Lexis, WhatCannotBeSaidIsRefusedWithReadings) {
  EXPECT_THAT(error_of("rico not w/5 puerto", kLexis).readings, ElementsAre("a AND NOT (a NEAR/4 b)", "a AND NOT b"));
  EXPECT_THAT(error_of("publication(new york times)", kLexis).message, HasSubstr("publication"));
  EXPECT_THAT(error_of("subject(oil)", kLexis).readings, ElementsAre("oil", "hlead(oil)"));
  EXPECT_THAT(error_of("oil and date(> 1/1/2020)", kLexis).message, HasSubstr("date"));
  EXPECT_THAT(error_of("oil and date aft 1/1/2020", kLexis).message, HasSubstr("date"));
  EXPECT_THAT(error_of("headlin(oil)", kLexis).message, HasSubstr("headline"));
  EXPECT_THAT(error_of("caps(aids)", kLexis).readings, Contains(HasSubstr("{Aids} OR {AIDS}")));
  EXPECT_THAT(error_of("plural(bank)", kLexis).readings, ElementsAre("banks"));
  EXPECT_THAT(error_of("language(klingonese)", kLexis).message, HasSubstr("language"));
  EXPECT_THAT(error_of("(a and b) w/5 c", kLexis).readings,
              ElementsAre("(a NEAR/4 c) AND (b NEAR/4 c)", "(a AND b) AND c"));
  EXPECT_THAT(error_of("oil and (gas", kLexis).message, HasSubstr("never closed"));
}

TEST(Meltwater, QueriesOfItsHelpPages) {
  EXPECT_EQ(meltwater("apple AND (watch OR iwatch) NOT (\"apple sauce\" OR \"apple orchard*\")"),
            "(apple AND (watch OR iwatch) AND NOT (\"apple sauce\" OR (apple ONEAR/0 orchard*)))");
  EXPECT_EQ(meltwater("Apple NEAR watch"), "(Apple NEAR/4 watch)");
  EXPECT_EQ(meltwater("Apple ONEAR/10 watch"), "(Apple ONEAR/10 watch)");
  EXPECT_EQ(meltwater("apple and (watch^9 or iphone)"), "(apple AND (watch^9 OR iphone))");
  EXPECT_EQ(meltwater("title:Azerbaijan OR ingress:(Baku OR Ganja)"),
            "(title:Azerbaijan OR (lead:Baku OR lead:Ganja))");
  EXPECT_EQ(meltwater("oil AND language:english AND country:(azerbaijan OR tr)"),
            "(oil AND lang:\"en\" AND (country:\"az\" OR country:\"tr\"))");
  EXPECT_EQ(meltwater("\"oil price\"~3"), "((oil ONEAR/3 price) OR (price ONEAR/1 oil))");
  EXPECT_EQ(meltwater("atleast3(Iran)"), "atleast3(Iran)");
}

TEST(Meltwater, WhatCannotBeSaidIsRefused) {
  EXPECT_EQ(error_of("apple OR watch AND phone", kMeltwater).readings.size(), 2U);
  EXPECT_EQ(error_of("apple watch", kMeltwater).readings.size(), 3U);
  EXPECT_THAT(error_of("apple AND sourceReach:5000", kMeltwater).message, HasSubstr("Meltwater"));
  EXPECT_EQ(error_of("apple AND sourceReach:5000", kMeltwater).offset, 10U);
  EXPECT_THAT(error_of("titel:apple", kMeltwater).message, HasSubstr("title:"));
  EXPECT_THAT(error_of("apple OR #applewatch", kMeltwater).readings, ElementsAre("applewatch", "{#applewatch}"));
  EXPECT_THAT(error_of("D*C", kMeltwater).message, HasSubstr("at the end"));
}

TEST(Brandwatch, QueriesOfItsHelpPages) {
  EXPECT_EQ(brandwatch("(apple OR orange) NEAR/5 (smartphone OR phone)"),
            "((apple OR orange) NEAR/5 (smartphone OR phone))");
  EXPECT_EQ(brandwatch("logitech NEAR/2f keyboard"), "(logitech ONEAR/2 keyboard)");
  EXPECT_EQ(brandwatch("apple juice"), "(apple AND juice)");
  EXPECT_EQ(brandwatch("\"apple juice\"~5"), "((apple ONEAR/5 juice) OR (juice ONEAR/3 apple))");
  EXPECT_EQ(brandwatch("raw:Google+ AND {BBC}"), "({Google+} AND {BBC})");
  EXPECT_EQ(brandwatch("raw:\" Google+ \""), "{Google+}");
  EXPECT_EQ(brandwatch("site:example.org AND \"apple juice\""), "(site:\"example.org\" AND \"apple juice\")");
  EXPECT_EQ(brandwatch("apple <<<the fruit>>> NOT country:usa"), "(apple AND NOT country:\"us\")");
  EXPECT_EQ(brandwatch("customi?e OR appl*"), "(customi?e OR appl*)");
  EXPECT_EQ(brandwatch("apple AND language:de"), "(apple AND lang:\"de\")");
}

TEST(Brandwatch, WhatCannotBeSaidIsRefused) {
  EXPECT_EQ(error_of("vanilla AND icecream OR cake", kBrandwatch).readings.size(), 2U);
  EXPECT_THAT(error_of("vanilla icecream OR cake", kBrandwatch).readings, Contains("(vanilla AND icecream) OR cake"));
  EXPECT_THAT(error_of("apple AND rating:[3 TO 5]", kBrandwatch).message, HasSubstr("rating"));
  EXPECT_THAT(error_of("apple AND authorGender:F", kBrandwatch).message, HasSubstr("Brandwatch"));
  EXPECT_THAT(error_of("#MondayMotivation", kBrandwatch).message, HasSubstr("social"));
  EXPECT_THAT(error_of("@brandwatch", kBrandwatch).readings, ElementsAre("brandwatch", "{@brandwatch}"));
  EXPECT_THAT(error_of("\"new apple juice\"~5", kBrandwatch).readings,
              ElementsAre("\"new apple juice\"~5", "\"new apple juice\""));
  EXPECT_THAT(error_of("apple AND country:atlantis", kBrandwatch).message, HasSubstr("country"));
}

TEST(Lucene, ClausesMustMayAndMustNot) {
  EXPECT_EQ(lucene("oil gas"), "(oil OR gas)");
  EXPECT_EQ(lucene("+oil +gas"), "(oil AND gas)");
  EXPECT_EQ(lucene("+oil gas"), "(oil OR (oil AND gas))");
  EXPECT_EQ(lucene("oil -gas"), "(oil AND NOT gas)");
  EXPECT_EQ(lucene("oil gas -coal"), "((oil OR gas) AND NOT coal)");
  EXPECT_EQ(lucene("oil AND gas NOT coal"), "((oil AND gas) AND NOT coal)");
  EXPECT_EQ(lucene("oil AND NOT gas"), "(oil AND NOT gas)");
  EXPECT_EQ(lucene("oil OR NOT gas"), "(oil AND NOT gas)");
  EXPECT_EQ(lucene("oil && !gas"), "(oil AND NOT gas)");
  EXPECT_EQ(lucene("(oil OR gas) AND \"new york\""), "((oil OR gas) AND \"new york\")");
}

TEST(Lucene, TermsAndTheirMarks) {
  EXPECT_EQ(lucene("title:(iran baku*)^2 text:oil^0.5"), "((title:iran^2 OR title:baku*^2) OR text:oil^0.5)");
  EXPECT_EQ(lucene("te?t OR wom?n*"), "(te?t OR wom?n*)");
  EXPECT_EQ(lucene("\"oil price\"~1"), "(oil ONEAR/1 price)");
  EXPECT_EQ(lucene("\"oil price\"~2"), "((oil ONEAR/2 price) OR (price ONEAR/0 oil))");
  EXPECT_EQ(lucene("body:oil"), "text:oil");
  EXPECT_EQ(lucene("oil AND country:[am TO az]"), "(oil AND country:[am TO az])");
  EXPECT_EQ(lucene("1\\+1 wi-fi"), "(\"1+1\" OR \"wi-fi\")");
  EXPECT_EQ(lucene("\"is it true?\""), "\"is it true \"");
}

TEST(Lucene, WhatCannotBeSaidIsRefused) {
  EXPECT_THAT(error_of("a AND b OR c", kLucene).readings, ElementsAre("(a AND b) OR (c)", "a AND (b OR c)"));
  EXPECT_EQ(error_of("a AND b OR c", kLucene).offset, 8U);
  EXPECT_THAT(error_of("a OR b AND c", kLucene).message, HasSubstr("side by side"));
  EXPECT_THAT(error_of("a b AND c", kLucene).message, HasSubstr("side by side"));
  EXPECT_THAT(error_of("roam~", kLucene).readings, ElementsAre("roam", "roam*"));
  EXPECT_THAT(error_of("/joh?n/", kLucene).message, HasSubstr("regular"));
  EXPECT_THAT(error_of("\"oil pric*\"", kLucene).readings, ElementsAre("\"oil pric\""));
  EXPECT_THAT(error_of("\"a b c\"~3", kLucene).message, HasSubstr("moves"));
  EXPECT_THAT(error_of("oil and gas", kLucene).readings, ElementsAre("AND", "\"and\""));
  EXPECT_THAT(error_of("-oil", kLucene).message, HasSubstr("must not"));
  EXPECT_THAT(error_of("+a -(-b)", kLucene).message, HasSubstr("must not"));
  EXPECT_THAT(error_of("*:*", kLucene).message, HasSubstr("every article"));
  EXPECT_THAT(error_of("country:{am TO az}", kLucene).message, HasSubstr("range"));
  EXPECT_THAT(error_of("titel:oil", kLucene).message, HasSubstr("title:"));
  EXPECT_THAT(error_of("te*t", kLucene).readings, ElementsAre("te*"));
  EXPECT_THAT(error_of("(oil", kLucene).message, HasSubstr("never closed"));
  EXPECT_THAT(error_of("oil)", kLucene).message, HasSubstr("closes nothing"));
  EXPECT_THAT(error_of("oil AND", kLucene).message, HasSubstr("expected"));
  EXPECT_THAT(error_of(std::string(60, '(') + "a" + std::string(60, ')'), kLucene).message, HasSubstr("nested"));
}

TEST(Lucene, NestedOptionalWordsDoNotGrowWithoutEnd) {
  std::string query = "a";
  for (int i = 0; i < 20; ++i) query = "+(" + query + ") b";
  EXPECT_THAT(error_of(query, kLucene).message, HasSubstr("too large"));
}

TEST(Dialects, WhatIsTranslatedIsReadAsTheSameTree) {
  const std::vector<std::pair<Dialect, std::string_view>> queries{
      {kLexis, "hlead(azerb! or transplant**) w/5 (israel or \"tel aviv\") and not allcaps(aids)"},
      {kLexis, "oil w/seg price! and language(english)"},
      {kBrandwatch, "raw:Google+ NEAR/3f \"apple juice\""},
      {kMeltwater, "ingress:(\"oil price\"~4 OR gas) NOT country:us"},
      {kLucene, "+title:\"oil price\"~2 gas^3 -coal"},
  };
  for (const auto& [dialect, query] : queries) {
    const std::string printed = reads_as(query, dialect);
    EXPECT_THAT(printed, testing::Not(testing::StartsWith("error"))) << query;
    EXPECT_EQ(reads_as(printed, Dialect::presswatch), printed) << query;
  }
}

TEST(Dialects, AreNamed) {
  EXPECT_EQ(kDialectNames.front(), name_of(Dialect::presswatch));
  EXPECT_EQ(name_of(kLucene), "lucene");
  EXPECT_FALSE(dialect_named("google").has_value());
}

/// The default dialect ignores such marks next to a word, so a word that contains one is printed in quotes.
TEST(Dialect, AWordWithAnInvisibleMarkIsReadBackAsItIs) {
  const auto parsed = parse_query("x OR \"\u2067ice\"~1", Names{}, kLucene);
  ASSERT_TRUE(std::holds_alternative<Node>(parsed));
  const std::string printed = to_query(std::get<Node>(parsed));
  EXPECT_EQ(printed, "(x OR \"\u2067ice\")");
  EXPECT_EQ(to_query(std::get<Node>(parse_query(printed))), printed);
}

TEST(Dialect, AWordWithAQuoteIsReadBackAsItIs) {
  const auto parsed = parse_query(R"("c d\",  x")", Names{}, kLucene);
  const auto one = parse_query(R"(a OR d\")", Names{}, kLucene);
  for (const auto& read : {parsed, one}) {
    ASSERT_TRUE(std::holds_alternative<Node>(read));
    const std::string printed = to_query(std::get<Node>(read));
    EXPECT_EQ(to_query(std::get<Node>(parse_query(printed))), printed);
  }
  EXPECT_EQ(to_query(std::get<Node>(one)), "(a OR d)");
}

}  // namespace
}  // namespace pw::query
