#include "query/names.hpp"
#include "query/query.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>
#include <vector>

/// In every dialect, an operator, field or sign either has an effect or is named in an error. It is never treated as a
/// word, and never ignored.
namespace pw::match {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr query::Dialect kLexis = query::dialect_named("lexis").value();
constexpr query::Dialect kBrandwatch = query::dialect_named("brandwatch").value();
constexpr query::Dialect kLucene = query::dialect_named("lucene").value();

std::variant<query::Node, query::QueryError> read(std::string_view query,
                                                  query::Dialect dialect = query::Dialect::presswatch) {
  return query::parse_query(query, query::Names{}, dialect);
}

std::string reads_as(std::string_view query, query::Dialect dialect = query::Dialect::presswatch) {
  const auto parsed = read(query, dialect);
  const auto* error = std::get_if<query::QueryError>(&parsed);
  return error != nullptr ? "error: " + error->message : query::to_query(std::get<query::Node>(parsed));
}

query::QueryError error_of(std::string_view query, query::Dialect dialect = query::Dialect::presswatch) {
  const auto parsed = read(query, dialect);
  const auto* error = std::get_if<query::QueryError>(&parsed);
  return error != nullptr ? *error
                          : query::QueryError{"accepted as " + query::to_query(std::get<query::Node>(parsed)), 999, {}};
}

void collect(const query::Node& node, std::set<std::string>& words) {
  if (node.kind != query::Node::Kind::property && node.kind != query::Node::Kind::exact)
    words.insert(node.tokens.begin(), node.tokens.end());
  for (const query::Node& child : node.children) collect(child, words);
}

/// Expects that all words in the query tree are in `allowed`.
void expect_only(const std::set<std::string>& allowed, const std::string& query, query::Dialect dialect) {
  const auto parsed = read(query, dialect);
  if (const auto* error = std::get_if<query::QueryError>(&parsed)) {
    EXPECT_THAT(error->message, Not(IsEmpty()));
    return;
  }
  std::set<std::string> words;
  collect(std::get<query::Node>(parsed), words);
  for (const std::string& word : words) {
    EXPECT_TRUE(allowed.contains(word)) << query::name_of(dialect) << ": " << query << " looks for " << word;
  }
}

TEST(Signs, NoOperatorIsTakenForAWord) {
  for (const std::string_view dialect_name : query::kDialectNames) {
    const query::Dialect dialect = query::dialect_named(dialect_name).value();
    for (const char* op :
         {"AND",     "OR",       "NOT",     "AND NOT", "and",    "or",        "not",     "and not",
          "NEAR",    "NEAR/5",   "NEAR/5f", "NEAR5",   "near/5", "near5",     "ONEAR",   "ONEAR/5",
          "onear/5", "w/5",      "W/5",     "w5",      "pre/5",  "PRE/5",     "pre5",    "adj",
          "ADJ",     "adj5",     "same",    "SAME",    "/s",     "/p",        "w/s",     "w/p",
          "w/seg",   "within/5", "within5", "N/5",     "P/5",    "&&",        "||",      "|",
          "&",       "xor",      "XOR",     "+5",      "/5",     "AROUND(5)", "but not", "\u200fAND\u200e",
          "OR\u200f"}) {
      if (dialect == kLucene && std::string(op).find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ/&|5") == std::string::npos &&
          std::string(op) != "and" && std::string(op) != "or" && std::string(op) != "not") {
        continue;  // words in Lucene, any of which is sufficient
      }
      if (dialect == kLucene && std::string(op) == "+5") continue;           // the word 5 is required
      if (dialect == kBrandwatch && std::string(op) == "but not") continue;  // but is a required word
      expect_only({"oil", "gas"}, std::string("oil ") + op + " gas", dialect);
      expect_only({"oil", "gas", "coal"}, std::string("(oil ") + op + " gas) AND coal", dialect);
    }
  }
}

TEST(Signs, NoFieldIsTakenForAWord) {
  for (const std::string_view dialect_name : query::kDialectNames) {
    const query::Dialect dialect = query::dialect_named(dialect_name).value();
    for (const std::string& name :
         std::vector<std::string>{"title",       "text",    "lead", "author",   "site", "url",           "lang",
                                  "country",     "source",  "tag",  "headline", "body", "place_country", "near20",
                                  "tk-location", "theme_2", "x2",   "hd",       "date", "заголовок"}) {
      for (const std::string& form :
           std::vector<std::string>{name + ":gas", name + ": gas", name + "=gas", name + "(gas)", name + ":\"gas\"",
                                    name + ":(gas OR gas)", name + ":{gas}", name + ">5"}) {
        for (const std::string& sign : std::vector<std::string>{"", "-", "–", "—", "+", "!"}) {
          expect_only({"oil", "gas"}, "oil " + sign + form, dialect);
          expect_only({"oil", "gas"}, "oil AND " + sign + form, dialect);
        }
      }
    }
  }
}

/// The tree without parts that only serve display.
std::string shape(const query::Node& node) {
  std::string out = std::to_string(static_cast<int>(node.kind)) + '/' + std::to_string(static_cast<int>(node.field)) +
                    '/' + std::to_string(node.n) + '/' + std::to_string(node.weight) + node.name + node.value + '(';
  for (const std::string& token : node.tokens) out += token + ' ';
  for (const query::Node& child : node.children) out += shape(child);
  return out + ')';
}

/// Expects that a sign changes the meaning of a query.
void expect_acts(const std::string& with, const std::string& without, query::Dialect dialect) {
  const auto one = read(with, dialect);
  const auto other = read(without, dialect);
  if (std::holds_alternative<query::QueryError>(one) || std::holds_alternative<query::QueryError>(other)) return;
  EXPECT_NE(shape(std::get<query::Node>(one)), shape(std::get<query::Node>(other)))
      << query::name_of(dialect) << ": " << with;
}

TEST(Signs, NoSignIsPassedOver) {
  for (const std::string_view dialect_name : query::kDialectNames) {
    const query::Dialect dialect = query::dialect_named(dialect_name).value();
    for (const std::string& operand :
         std::vector<std::string>{"gas", "\"gas price\"", "(gas OR coal)", "title:gas", "{Gas}", "lang:en", "gas*"}) {
      for (const std::string& sign :
           std::vector<std::string>{"-", "–", "—", "−", "+", "!", "#", "@", "--", "~", "^", "=", "-\u200f"}) {
        const bool is_dropped_there = dialect == kLucene && (sign == "#" || sign == "@");
        if (!is_dropped_there) expect_acts("oil " + sign + operand, "oil " + operand, dialect);
        const bool is_said_twice = dialect == kLucene && sign == "+";  // AND already implies it
        if (!is_dropped_there && !is_said_twice)
          expect_acts("oil AND " + sign + operand, "oil AND " + operand, dialect);
      }
    }
    for (const std::string& sign :
         std::vector<std::string>{"!", "~", "~2", "^2", "+", "++", "#", "*", "**", "?", "(x)", "[x]", "{x}"}) {
      expect_acts("oil AND gas" + sign, "oil AND gas", dialect);
    }
  }
}

TEST(Signs, AMinusLeavesOutWhateverStandsBehindIt) {
  EXPECT_EQ(reads_as("oil -site:example.org"), "(oil AND NOT site:\"example.org\")");
  EXPECT_EQ(reads_as("oil -title:(gas OR coal)"), "(oil AND NOT (title:gas OR title:coal))");
  EXPECT_EQ(reads_as("oil AND -country:us"), "(oil AND NOT country:\"us\")");
  EXPECT_EQ(reads_as("oil -{US} –gas"), "(oil AND NOT {US} AND NOT gas)");
  EXPECT_EQ(reads_as("oil -country:nld -language:de", kBrandwatch), "(oil AND NOT country:\"nl\" AND NOT lang:\"de\")");
  EXPECT_EQ(reads_as("oil –gas", kLucene), "(oil AND NOT gas)");
  EXPECT_THAT(error_of("oil - gas").message, HasSubstr("right before"));
  EXPECT_THAT(error_of("title:-gas").readings, testing::ElementsAre("-title:gas"));
}

TEST(Signs, AnOperatorInLowerCaseIsAWordOnlyWhereNothingElseIsMeant) {
  EXPECT_EQ(reads_as("(not OR gas) AND or"), "((\"not\" OR gas) AND \"or\")");
  EXPECT_EQ(reads_as("oil AND (not gas)"), "(oil AND NOT gas)");
  EXPECT_EQ(reads_as("oil (not gas)", kBrandwatch), "(oil AND NOT gas)");
  EXPECT_THAT(error_of("oil AND and gas").message, HasSubstr("a word was expected"));
}

TEST(Signs, ATagIsNoComment) {
  EXPECT_EQ(reads_as("oil # the rest\nOR gas"), "(oil OR gas)");
  EXPECT_THAT(error_of("oil OR gas #coal OR tar").message, HasSubstr("tag"));
  EXPECT_EQ(error_of("oil OR gas #coal OR tar").offset, 11U);
  EXPECT_THAT(error_of("oil OR @a OR @b", kBrandwatch).message, HasSubstr("@a, @b"));
  EXPECT_THAT(error_of("C# OR C++").readings, testing::ElementsAre("{C#}", "\"C\""));
}

TEST(Signs, GershayimAreInTheWordAndForeignQuotesAreQuotes) {
  EXPECT_EQ(reads_as("ארה\"ב AND \"דובר צה\"ל\""), "(\"ארה ב\" AND \"דובר צה ל\")");
  EXPECT_EQ(reads_as("ארה\"ב AND צה\"ל", kBrandwatch), reads_as("ארה\"ב AND צה\"ל"));
  EXPECT_EQ(reads_as("”oil price” NOT »gas«"), "(\"oil price\" AND NOT gas)");
  EXPECT_EQ(reads_as("”oil price” AND gas", kLucene), "(\"oil price\" AND gas)");
  EXPECT_EQ(reads_as("\"he said \\\"no\\\"\"", kLucene), "\"he said no\"");
  EXPECT_THAT(error_of("'oil price'").readings, testing::ElementsAre("\"oil price\""));
  EXPECT_EQ(reads_as("‘Abbas"), "\"‘Abbas\"");
}

TEST(Signs, InvisibleMarksBesideAWordArePassedOver) {
  EXPECT_EQ(reads_as("איראן\u200f OR\u200f ישראל\u200e"), "(איראן OR ישראל)");
  EXPECT_EQ(reads_as("איראן\u200f or\u200f ישראל", kLexis), "(איראן OR ישראל)");
  EXPECT_EQ(reads_as("oil AND\u200e gas", kLucene), "(oil AND gas)");
}

TEST(Signs, WhatCanNeverBeTrueIsRefused) {
  for (const char* query :
       {"title:oil NOT oil", "oil NOT oil*", "\"oil price\" NOT oil", "(oil AND gas) NOT (gas AND oil)",
        "Nino NOT niño", "x OR (oil NOT OIL)", "lang:en AND lang:fr", "(oil OR \"oil price\") NOT oil",
        "atleast3(oil) NOT oil", "(oil NEAR/3 gas) NOT gas", "lang:en AND iran NOT lang:en"}) {
    EXPECT_THAT(error_of(query).message, HasSubstr("no article can match")) << query;
  }
  for (const char* query : {"oil NOT title:oil", "oil* NOT oil", "oil NOT \"oil price\"", "(oil OR gas) NOT oil",
                            "{Oil} NOT {oil}", "oil NOT atleast3(oil)", "site:a.example AND site:example NOT url:x"}) {
    EXPECT_THAT(reads_as(query), Not(HasSubstr("error"))) << query;
  }
}

TEST(Signs, ValuesHaveTheFormThatArticlesHave) {
  EXPECT_EQ(reads_as("site:https://www.example.org/"), "site:\"example.org\"");
  EXPECT_EQ(reads_as("lang:fas"), "lang:\"fa\"");
  EXPECT_EQ(reads_as("country:uk"), "country:\"gb\"");
  EXPECT_THAT(error_of("site:example.org/world").readings,
              testing::ElementsAre("url:\"example.org/world\"", "site:example.org"));
  EXPECT_THAT(error_of("lang:qqq").message, HasSubstr("unknown language"));
  EXPECT_THAT(error_of("source:\"Daily News\"").message, HasSubstr("id of a source"));
  EXPECT_EQ(reads_as("url:\"?id=5\""), "url:\"?id=5\"");
}

TEST(Signs, AKeywordThatLooksLikeAQueryIsRefused) {
  for (const char* keyword : {"Iran AND Israel",
                              "-football",
                              "–football",
                              "NOT gas",
                              "site:example.org",
                              "C++",
                              "C#",
                              "#iran",
                              "@iran",
                              "oil NEAR/5 gas",
                              "oil w/5 gas",
                              "oil near5 gas",
                              "(oil",
                              "{oil} gas",
                              "\"oil price\"~5",
                              "oil^3",
                              "hd=oil",
                              "+oil",
                              "oil!",
                              "atleast3(oil)",
                              "'oil price'",
                              "place_country:us",
                              "\"oil"}) {
    const auto parsed = query::parse_keywords({keyword}, query::NameTable(query::Names{}));
    EXPECT_TRUE(std::holds_alternative<query::QueryError>(parsed)) << keyword;
  }
  for (const char* keyword :
       {"oil price", "bed and breakfast", "\"Iran AND Israel\"", "{C++}", "10:30", "AT&T", "Azer*", "vice-chair", "NOT",
        "ארה\"ב", "covid-19", "O'Brien", "Is it true?", "oil - gas"}) {
    const auto parsed = query::parse_keywords({keyword}, query::NameTable(query::Names{}));
    EXPECT_TRUE(std::holds_alternative<query::Node>(parsed)) << keyword;
  }
}

TEST(Signs, ALongQueryIsShownAroundThePlaceOnly) {
  std::string query;
  while (query.size() <= query::kMaxQueryBytes) query += "oil OR ";
  EXPECT_LT(query::render(error_of(query), query).size(), 2000U);
  const std::string wrong = std::string(5000, 'x') + " OR (баку OR " + std::string(5000, 'y');
  const std::string shown = query::render(error_of(wrong), wrong);
  EXPECT_LT(shown.size(), 2000U);
  EXPECT_THAT(shown, HasSubstr("OR (баку"));
}

}  // namespace
}  // namespace pw::match
