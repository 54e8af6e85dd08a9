#include "match/engine/evaluate.hpp"
#include "match/engine/near_search.hpp"
#include "match/match.hpp"
#include "unit/match/naive.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <vector>

namespace pw::match {
namespace {

constexpr const char* kNested = "((((iran NEAR/50 oil) NEAR/50 gas) NEAR/50 iran) NEAR/50 oil) NEAR/2 baku";

Document document(std::string_view text) {
  Document out;
  out.text = text;
  return out;
}

struct Asked {
  bool holds = false;
  bool used_up = false;
  std::uint64_t steps = 0;
};

Asked ask(const std::string& query, std::string_view text, std::uint64_t most = Steps::kOfAnArticle) {
  Vocabulary words;
  const Compiled compiled = compile(std::get<query::Node>(query::parse_query(query)), words);
  PositionIndex reading(words, most);
  reading.read(document(text));
  Asked out;
  out.holds = evaluate(compiled, reading);
  out.used_up = reading.steps().used_up();
  out.steps = reading.steps().taken();
  return out;
}

std::string repeated(std::string_view part, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += part;
  return out;
}

/// Enumerating all occurrences of the inner NEARs took 19 seconds and 550 MB for 2,200 words.
TEST(Near, ANearInANearTakesStepsByTheLengthOfTheText) {
  const Asked some = ask(kNested, repeated("iran oil gas ", 733));
  const Asked more = ask(kNested, repeated("iran oil gas ", 7330));
  EXPECT_FALSE(some.holds);
  EXPECT_LT(some.steps, 200'000U);
  EXPECT_LT(more.steps, 12 * some.steps);
  EXPECT_TRUE(ask(kNested, repeated("iran oil gas ", 733) + "baku").holds);
}

/// Half a megabyte of sentences, each with only one of the two words, took 21 seconds.
TEST(Near, SentencesThatHoldOneOfTheTwoTakeStepsByTheLengthOfTheText) {
  const std::string text = repeated("Iran sells. Dear oil. ", 23'000);
  const Asked asked = ask("iran /s oil", text);
  EXPECT_FALSE(asked.holds);
  EXPECT_LT(asked.steps, 400'000U);
  EXPECT_TRUE(ask("iran /s oil", text + "Iran has oil.").holds);
}

TEST(Near, WordsThatAreNeverInOrderTakeStepsByTheLengthOfTheText) {
  const std::string text = repeated("oil ", 40'000) + repeated("iran ", 40'000);
  const Asked asked = ask("(iran OR ir?n) ONEAR/10000 (oil OR gas)", text);
  EXPECT_FALSE(asked.holds);
  EXPECT_LT(asked.steps, 400'000U);
}

/// The same for the positions reported for a match.
TEST(Near, NamingThePlacesTakesStepsByTheLengthOfTheText) {
  const std::string text = repeated("iran oil gas ", 733) + "baku";
  Vocabulary words;
  const Compiled compiled = compile(std::get<query::Node>(query::parse_query(kNested)), words);
  PositionIndex reading(words);
  reading.read(document(text));
  std::set<std::uint32_t> first;
  NearSearch(compiled, reading, 1).each_place([&](const Compiled&, Span place) { first.insert(place.first); });
  EXPECT_LT(reading.steps().taken(), 1'000'000U);
  EXPECT_TRUE(first.contains(2199)) << "baku";
  // The first of these words may be the end of the whole match, with at most 50 words between it and the next.
  EXPECT_GE(*first.begin(), 2199U - 3 - 4 * 51);
}

/// A small vocabulary, so that matches are frequent.
struct Small {
  unsigned below(unsigned n) { return std::uniform_int_distribution<unsigned>(0, n - 1)(random); }

  std::string near(unsigned depth) {
    static const std::vector<std::string> words{"a", "b", "c", "\"a b\"", "\"c c\"", "(a OR \"b c\")"};
    static const std::vector<std::string> operators{" NEAR/0 ", " NEAR/1 ", " NEAR/3 ", " ONEAR/2 ", " OR "};
    if (depth == 0) return words[below(static_cast<unsigned>(words.size()))];
    const std::string& op = operators[below(static_cast<unsigned>(operators.size()))];
    return '(' + near(below(depth)) + op + near(depth - 1) + ')';
  }

  std::string text() {
    static const std::vector<std::string> parts{"a ", "b ", "c ", "x ", "x. Y ", "c.\n"};
    std::string out;
    for (unsigned i = 10 + below(30); i > 0; --i) out += parts[below(static_cast<unsigned>(parts.size()))];
    return out;
  }

  std::mt19937 random{7};
};

TEST(Near, DeepNearsAgreeWithTryingEveryPlace) {
  Small small;
  std::size_t found = 0;
  for (int round = 0; round < 4000; ++round) {
    const std::string op = std::vector<std::string>{" /s ", " /p ", " NEAR/1 ", " ONEAR/2 "}[small.below(4)];
    const std::string query = small.near(1 + small.below(3)) + op + small.near(small.below(3));
    const auto parsed = query::parse_query(query);
    ASSERT_TRUE(std::holds_alternative<query::Node>(parsed)) << query;
    const query::Node& node = std::get<query::Node>(parsed);
    const std::string text = small.text();
    const bool holds = NaiveEvaluator(document(text)).holds(node);
    ASSERT_EQ(ask(query, text).holds, holds) << query << '\n' << text;
    found += holds ? 1 : 0;
  }
  EXPECT_GT(found, 400U);
  EXPECT_LT(found, 3200U);
}

Watchlist watchlist(std::string id, std::string query) {
  Watchlist out;
  out.id = std::move(id);
  out.query = std::move(query);
  return out;
}

/// At each level, both NEARs evaluate each of their operands twice per evaluation.
std::string costly(unsigned depth) {
  if (depth == 0) return "(a OR b)";
  return '(' + costly(depth - 1) + " NEAR/90 " + costly(depth - 1) + ')';
}

TEST(Near, WhatWouldTakeTooManyStepsIsLeftUndecidedAndSaidSo) {
  const std::string dear = costly(7) + " NEAR/1 baku";
  const std::vector<Watchlist> lists{watchlist("dear", dear), watchlist("under-not", "iran NOT (" + dear + ')'),
                                     watchlist("or", "(" + dear + ") OR iran"),
                                     watchlist("and", "(" + dear + ") AND iran AND nowhere"),
                                     watchlist("plain", "iran AND baku")};
  Matcher matcher(*WatchlistSet::compile(lists));
  const std::string text = repeated("a b x ", 40'000) + "iran " + repeated("x ", 5000) + "baku";
  EXPECT_EQ(matcher.match_ids(document(text)), (std::vector<std::size_t>{2, 4}));
  EXPECT_EQ(matcher.undecided(), (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(matcher.match_ids(document("a b iran baku")), (std::vector<std::size_t>{1, 2, 4}));
  EXPECT_TRUE(matcher.undecided().empty());
}

}  // namespace
}  // namespace pw::match
