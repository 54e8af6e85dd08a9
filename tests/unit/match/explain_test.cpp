#include "match/engine/evaluate.hpp"
#include "match/explain/reason.hpp"
#include "match/match.hpp"
#include "unit/match/generator.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <string>
#include <vector>

namespace pw::match {
namespace {

using testing::HasSubstr;

Document document(std::string_view title, std::string_view text) {
  Document out;
  out.title = title;
  out.text = text;
  return out;
}

query::Node read(std::string_view query, const query::Names& names = {}) {
  return std::get<query::Node>(query::parse_query(query, names));
}

Explanation explained(std::string_view query, std::string_view title, std::string_view text) {
  return explain(read(query), document(title, text));
}

std::string why_not(std::string_view query, std::string_view text, std::string_view title = "") {
  const Explanation found = explained(query, title, text);
  return found.failed.empty() ? "it matches" : found.failed.front().part + ": " + found.failed.front().why;
}

double score(std::string_view query, std::string_view title, std::string_view text) {
  return explained(query, title, text).match.score;
}

/// Replaces letters not covered by a hit with letters that no query contains. Keeps case, which affects sentence
/// boundaries, and characters that separate words of different scripts.
std::string only_hits(std::string_view field, std::string_view text, const Match& match) {
  std::string out(text);
  text::Tokens tokens;
  tokens.read(text);
  for (const text::Token& token : tokens.all()) {
    bool is_hit = false;
    for (const TermHit& hit : match.hits) {
      is_hit = is_hit || (hit.field == field && token.begin >= hit.begin && token.end <= hit.end);
    }
    if (is_hit) continue;
    const auto lead = static_cast<unsigned char>(text[token.begin]);
    const std::string_view mask = lead == 0xE3                   ? "ヨ"
                                  : lead >= 0xE4 && lead <= 0xE9 ? "亜"
                                  : std::isupper(lead)           ? "Q"
                                                                 : "q";
    for (std::size_t i = token.begin; i < token.end; ++i) out[i] = mask[(i - token.begin) % mask.size()];
  }
  return out;
}

/// Terms under NOT are never reported, but under two NOTs they would have to be.
bool has_not_in_not(const query::Node& node, bool in_not = false) {
  const bool is_not = node.kind == query::Node::Kind::negation;
  if (is_not && in_not) return true;
  return std::ranges::any_of(node.children,
                             [&](const query::Node& child) { return has_not_in_not(child, in_not || is_not); });
}

TEST(Explain, WhatIsNamedIsEnoughForTheQueryToBeTrue) {
  Generator generator(20261125);
  std::size_t found = 0;
  for (int round = 0; round < 6000; ++round) {
    const std::string query = generator.query(3);
    const auto parsed = query::parse_query(query);
    if (!std::holds_alternative<query::Node>(parsed) || has_not_in_not(std::get<query::Node>(parsed))) continue;
    const query::Node& node = std::get<query::Node>(parsed);
    const std::string title = generator.text();
    const std::string text = generator.text();
    const Explanation whole = explain(node, document(title, text));
    if (!whole.holds) continue;
    ++found;
    const std::string kept_title = only_hits("title", title, whole.match);
    const std::string kept_text = only_hits("text", text, whole.match);
    ASSERT_TRUE(explain(node, document(kept_title, kept_text)).holds) << query << '\n'
                                                                      << title << "\n--\n"
                                                                      << text << "\n==\n"
                                                                      << kept_title << "\n--\n"
                                                                      << kept_text;
    for (const TermHit& hit : whole.match.hits) {
      const std::string_view field = hit.field == "title" ? title : text;
      ASSERT_EQ(field.substr(hit.begin, hit.end - hit.begin), hit.matched);
    }
  }
  EXPECT_GT(found, 500U);
}

TEST(Explain, OfANearOnlyWhatIsNear) {
  const Explanation found = explained("iran NEAR/1 oil", "", "Oil. One two three four iran and oil. Iran.");
  ASSERT_EQ(found.match.hits.size(), 3U);
  EXPECT_EQ(found.match.hits[0].begin, 24U);
  EXPECT_EQ(found.match.hits[1].matched, "oil");
  EXPECT_EQ(found.match.hits[2].matched, "Iran");
  const Explanation inner = explained("(a1 NEAR/1 b1) NEAR/2 c1", "", "a1 b1 x x x x a1 b1 c1");
  ASSERT_EQ(inner.match.hits.size(), 3U);
  EXPECT_EQ(inner.match.hits[0].begin, 14U);
}

TEST(Explain, AsManyPlacesAsAreAskedFor) {
  EXPECT_EQ(explained("atleast7(oil)", "", "oil oil oil oil oil oil oil").match.hits.size(), 7U);
  EXPECT_EQ(explained("oil", "", "oil oil oil oil oil oil oil").match.hits.size(), 5U);
}

TEST(Explain, NothingUnderNotIsNamed) {
  const Explanation found = explained("oil AND NOT (gas AND iran)", "", "Oil and gas");
  ASSERT_EQ(found.match.hits.size(), 1U);
  EXPECT_EQ(found.match.hits[0].matched, "Oil");
}

TEST(Explain, TheScoreIsTheLogarithmOfThePlaces) {
  const std::string elsewhere = "First.\n";
  EXPECT_DOUBLE_EQ(score("oil", "", elsewhere + "oil"), 1);
  EXPECT_DOUBLE_EQ(score("oil", "", elsewhere + "oil oil oil"), 2);
  EXPECT_DOUBLE_EQ(score("oil", "", "oil"), std::log2(3));
  EXPECT_DOUBLE_EQ(score("oil", "oil", elsewhere), 2);
  EXPECT_DOUBLE_EQ(score("oil^2.5", "", elsewhere + "oil"), 2.5);
  EXPECT_DOUBLE_EQ(score("oil OR gas^3", "", elsewhere + "oil, gas"), 4);
  EXPECT_DOUBLE_EQ(score("oil OR (oil AND gas)", "", elsewhere + "oil, gas"), 2);
}

TEST(Explain, TheSentenceIsTheOneThatWeighsMost) {
  const std::string text = "Oil is dear. Iran sells oil to Baku. Gas is dear.";
  EXPECT_EQ(explained("oil OR iran OR gas", "", text).match.sentence, "Iran sells oil to Baku.");
  EXPECT_EQ(explained("oil OR iran OR gas^9", "", text).match.sentence, "Gas is dear.");
  EXPECT_EQ(explained("oil", "Oil today", "Nothing.").match.sentence, "Oil today");
}

TEST(Reason, SaysWhatKeepsAQueryFromMatching) {
  EXPECT_EQ(why_not("iran AND oil", "Iran"), "oil: is not in the article");
  EXPECT_EQ(why_not("\"oil price\"", "oil"), "\"oil price\": not in the article: price");
  EXPECT_THAT(why_not("\"oil price\"", "price of oil"), HasSubstr("but not as this phrase"));
  EXPECT_THAT(why_not("title:oil", "oil"), HasSubstr("occurs only in the text"));
  EXPECT_THAT(why_not("lead:oil", "x\noil"), HasSubstr("occurs only in the text"));
  EXPECT_THAT(why_not("{US}", "told us"), HasSubstr("written differently: us"));
  EXPECT_THAT(why_not("azer*", "oil"), HasSubstr("no word has this prefix"));
  EXPECT_THAT(why_not("az?r*", "oil"), HasSubstr("no word matches"));
  EXPECT_THAT(why_not("oil NEAR/2 gas", "oil a b c d gas"),
              HasSubstr("the nearest occurrences have 4 words in between; at most 2"));
  EXPECT_THAT(why_not("oil ONEAR/2 gas", "gas and oil"), HasSubstr("other order"));
  EXPECT_THAT(why_not("oil NEAR/2 gas", "gas", "oil"), HasSubstr("never in the same field"));
  EXPECT_THAT(why_not("oil /s gas", "Oil. Gas."), HasSubstr("never in the same sentence"));
  EXPECT_THAT(why_not("oil NEAR/2 gas", "oil"), HasSubstr("gas does not match"));
  EXPECT_THAT(why_not("\"oil gas\"~1", "oil a b gas"), HasSubstr("too far apart"));
  EXPECT_THAT(why_not("atleast3(oil)", "oil oil"), HasSubstr("2 times; 3"));
  EXPECT_THAT(why_not("oil NOT gas", "oil and gas"), HasSubstr("NOT gas: gas matches"));
  EXPECT_THAT(why_not("oil AND lang:az", "oil"), HasSubstr("lang is unknown"));
  EXPECT_EQ(explained("a1 OR b1", "", "c1").failed.size(), 2U);
  EXPECT_EQ(why_not("oil", "oil"), "it matches");
}

TEST(Waiting, NamesTheRarestWords) {
  EXPECT_THAT(waiting(read("azerbaijan AND (a1 OR oil)")).words, testing::ElementsAre("azerbaijan"));
  EXPECT_THAT(waiting(read("azerbaijan* OR nakhchivan")).words, testing::ElementsAre("nakhchivan", "azerbaijan*"));
  EXPECT_TRUE(waiting(read("lang:az")).always);
  EXPECT_EQ(waiting(read("oil /s gas")).by_hand, 1U);
}

}  // namespace
}  // namespace pw::match
