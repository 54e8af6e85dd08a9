#include "match/engine/evaluate.hpp"
#include "match/engine/frequencies.hpp"
#include "match/match.hpp"
#include "unit/match/generator.hpp"
#include "unit/match/naive.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace pw::match {
namespace {

Document document(std::string_view title, std::string_view text) {
  Document out;
  out.title = title;
  out.text = text;
  return out;
}

Watchlist watchlist(std::string id, std::string query) {
  Watchlist out;
  out.id = std::move(id);
  out.query = std::move(query);
  return out;
}

std::vector<Watchlist> watchlists(const std::vector<std::string>& queries) {
  std::vector<Watchlist> out;
  for (const std::string& query : queries) out.push_back(watchlist("w" + std::to_string(out.size()), query));
  return out;
}

/// Evaluates each query separately with the reference evaluator.
class Reference {
 public:
  explicit Reference(const std::vector<Watchlist>& lists) {
    for (const Watchlist& list : lists) {
      queries_.push_back(compile(std::get<query::Node>(query::parse_query(list.query, list.names)), words_));
    }
  }

  std::vector<std::size_t> match_ids(const Document& document) const {
    PositionIndex reading(words_);
    reading.read(document);
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < queries_.size(); ++i) {
      if (evaluate(queries_[i], reading)) out.push_back(i);
    }
    return out;
  }

 private:
  Vocabulary words_;
  std::vector<Compiled> queries_;
};

const query::Names kNames{{"vice-chair", {{"הודו", "he"}, {"Bakı", "az"}, "{U.S.}", "internationalis*", "Баку iran*"}}};

std::vector<Watchlist> random_lists(Generator& generator, std::size_t count) {
  std::vector<Watchlist> out;
  while (out.size() < count) {
    const std::string query = generator.query(3);
    if (!std::holds_alternative<query::Node>(query::parse_query(query, kNames))) continue;
    out.push_back(watchlist("w" + std::to_string(out.size()), query));
    out.back().names = kNames;
  }
  return out;
}

void set_properties(Generator& generator, Document& out) {
  static const std::vector<std::string> tags{"wire", "east"};
  static const std::vector<std::string> authors{"Ann Lee", "Dana Keller"};
  const auto chance = [&generator] { return generator.below(2) == 0; };
  if (chance()) out.url = chance() ? "https://www.example.org/world/1" : "https://news.example/world/1";
  if (chance()) out.language = chance() ? "fa" : "en";
  if (chance()) out.country = chance() ? "az" : "ge";
  if (chance()) out.source = "jns";
  if (chance()) out.source_tags = tags;
  if (chance()) out.authors = authors;
}

void expect_agreement(const std::vector<Watchlist>& lists, Matcher& matcher, Generator& generator) {
  const Reference reference(lists);
  std::size_t found = 0;
  for (int round = 0; round < 150; ++round) {
    const std::string title = generator.text();
    const std::string text = generator.text();
    Document one = document(title, text);
    set_properties(generator, one);
    const auto wanted = reference.match_ids(one);
    const auto& got = matcher.match_ids(one);
    std::vector<std::size_t> differ;
    std::ranges::set_symmetric_difference(wanted, got, std::back_inserter(differ));
    ASSERT_TRUE(differ.empty()) << lists[differ.front()].query << "\n" << title << "\n--\n" << text;
    found += got.size();
  }
  EXPECT_GT(found, lists.size());
}

struct Tally {
  std::set<std::string> seen;

  void add(const query::Node& node, bool in_near = false) {
    static constexpr const char* kKinds[] = {"phrase", "exact", "prefix",   "wildcard", "window",  "near",
                                             "all",    "any",   "negation", "at_least", "property"};
    static constexpr const char* kFields[] = {"any", "title", "text", "lead"};
    static constexpr const char* kReaches[] = {"tokens", "sentence", "paragraph"};
    const bool is_near = node.kind == query::Node::Kind::near;
    std::string name = kKinds[static_cast<std::size_t>(node.kind)];
    if (is_near) {
      name += std::string(" of ") + kReaches[static_cast<std::size_t>(node.reach)] + (node.ordered ? ", in order" : "");
    }
    seen.insert(name);
    if (node.children.empty()) seen.insert(name + " in " + kFields[static_cast<std::size_t>(node.field)]);
    if (in_near) seen.insert(name + " in a near");
    if (!node.alias_of.empty()) seen.insert(name + " of a name");
    if (node.kind == query::Node::Kind::property) seen.insert(node.name + (node.until.empty() ? "" : " from, to"));
    for (const query::Node& child : node.children) add(child, in_near || is_near);
  }
};

/// Counts queries that match some text, because operators that never match are not tested.
TEST(Engine, TheRandomQueriesHaveAllThatTheLanguageHas) {
  Generator generator(3);
  const auto lists = random_lists(generator, 4000);
  const auto set = WatchlistSet::compile(lists);
  ASSERT_TRUE(set);
  Matcher matcher(*set);
  std::set<std::size_t> matched;
  for (int round = 0; round < 60; ++round) {
    const std::string title = generator.text();
    const std::string text = generator.text();
    Document one = document(title, text);
    set_properties(generator, one);
    const auto& found = matcher.match_ids(one);
    matched.insert(found.begin(), found.end());
  }
  Tally tally;
  for (const std::size_t i : matched) tally.add(std::get<query::Node>(query::parse_query(lists[i].query, kNames)));
  for (const char* part : {"phrase in any",
                           "phrase in title",
                           "phrase in text",
                           "phrase in lead",
                           "exact in any",
                           "exact in title",
                           "prefix in any",
                           "prefix in text",
                           "prefix in a near",
                           "wildcard in any",
                           "wildcard in title",
                           "exact in a near",
                           "window in any",
                           "window in text",
                           "window in lead",
                           "any in a near",
                           "near of tokens in a near",
                           "all",
                           "negation",
                           "at_least",
                           "near of tokens",
                           "near of tokens, in order",
                           "near of sentence",
                           "near of paragraph",
                           "phrase of a name",
                           "prefix of a name",
                           "exact of a name",
                           "lang",
                           "lang from, to",
                           "country from, to",
                           "site",
                           "tag",
                           "source",
                           "url",
                           "author",
                           "wildcard in a near"}) {
    EXPECT_TRUE(tally.seen.contains(part)) << part;
  }
}

TEST(Engine, AgreesWithTheReferenceOnRandomQueriesAndTexts) {
  for (unsigned seed = 1; seed <= 4; ++seed) {
    Generator generator(seed);
    const auto lists = random_lists(generator, 400);
    const auto set = WatchlistSet::compile(lists);
    ASSERT_TRUE(set);
    Matcher matcher(*set);
    expect_agreement(lists, matcher, generator);
  }
}

/// The engine delegates wildcards, /s, /p and nested NEARs to the reference evaluator, so that is tested against a
/// naive one.
TEST(Engine, TheReferenceAgreesWithTryingEveryPlace) {
  Generator generator(11);
  const auto lists = random_lists(generator, 600);
  const Reference reference(lists);
  std::vector<query::Node> queries;
  for (const Watchlist& list : lists)
    queries.push_back(std::get<query::Node>(query::parse_query(list.query, list.names)));
  std::size_t found = 0;
  for (int round = 0; round < 100; ++round) {
    const std::string title = generator.text();
    const std::string text = generator.text();
    Document one = document(title, text);
    set_properties(generator, one);
    const NaiveEvaluator naive(one);
    const auto got = reference.match_ids(one);
    for (std::size_t i = 0; i < queries.size(); ++i) {
      const bool has = std::ranges::binary_search(got, i);
      ASSERT_EQ(has, naive.holds(queries[i])) << lists[i].query << "\n" << title << "\n--\n" << text;
      found += has ? 1 : 0;
    }
  }
  EXPECT_GT(found, lists.size());
}

TEST(Engine, WhatIsLearntOfWordsChangesNoAnswer) {
  Generator generator(77);
  Frequencies frequencies;
  for (int i = 0; i < 300; ++i) {
    const std::string text = generator.text();
    frequencies.learn(document("", text));
  }
  const auto lists = random_lists(generator, 300);
  const auto set = WatchlistSet::compile(lists, nullptr, frequencies);
  ASSERT_TRUE(set);
  Matcher matcher(*set);
  expect_agreement(lists, matcher, generator);
}

TEST(Engine, AMatcherTeachesTheWordsOfItsLastDocument) {
  Frequencies read;
  Frequencies taught;
  Matcher matcher(*WatchlistSet::compile(watchlists({"harbour"})));
  for (const char* const text : {"the ferry and the ferry", "the harbour"}) {
    read.learn(document("Ferry", text));
    matcher.match_ids(document("Ferry", text));
    matcher.teach(taught);
  }
  for (const char* const word : {"ferry", "the", "harbour", "pier"}) {
    EXPECT_EQ(taught.of_word(word), read.of_word(word)) << word;
  }
  EXPECT_GT(taught.of_word("ferry"), taught.of_word("harbour"));
}

TEST(Engine, AReloadKeepsWhatIsCompiledAndForgetsWhatIsGone) {
  Generator generator(5);
  const Frequencies frequencies;
  auto lists = random_lists(generator, 300);
  auto set = *WatchlistSet::compile(lists);
  for (int round = 0; round < 5; ++round) {
    lists.erase(lists.begin() + generator.below(20));
    lists[generator.below(100)].query = "баку AND iran";
    std::swap(lists[3], lists[50]);
    lists.insert(lists.begin() + generator.below(50), watchlist("new" + std::to_string(round), "title:iran OR x"));
    set = *WatchlistSet::compile(lists, set, frequencies);
    ASSERT_EQ(set->size(), lists.size());
    Matcher matcher(set);
    expect_agreement(lists, matcher, generator);
  }
}

TEST(Engine, AReloadSharesEqualWatchlists) {
  const Frequencies frequencies;
  const auto set = *WatchlistSet::compile(watchlists({"iran", "baku", "yerevan"}));
  auto lists = watchlists({"iran", "baku", "tbilisi"});
  lists[1].title = "Another title";
  const auto next = *WatchlistSet::compile(lists, set, frequencies);
  EXPECT_EQ(next->watchlists()[0], set->watchlists()[0]);
  EXPECT_EQ(next->watchlist(1).title, "Another title");
  EXPECT_EQ(Matcher(next).match_ids(document("", "baku tbilisi yerevan")), (std::vector<std::size_t>{1, 2}));
}

TEST(Engine, AReloadRefusesAWrongQueryAndLeavesTheOldSetAlone) {
  const Frequencies frequencies;
  const auto set = *WatchlistSet::compile(watchlists({"iran", "baku"}));
  const auto next = WatchlistSet::compile(watchlists({"iran", "baku AND ("}), set, frequencies);
  ASSERT_FALSE(next);
  EXPECT_NE(next.error().message.find("w1"), std::string::npos);
  EXPECT_EQ(Matcher(set).match_ids(document("", "baku")), std::vector<std::size_t>{1});
}

TEST(Engine, ManyChangesAreCompiledAnew) {
  const Frequencies frequencies;
  std::vector<std::string> queries;
  for (int i = 0; i < 4000; ++i) queries.push_back("word" + std::to_string(i));
  const auto old = *WatchlistSet::compile(watchlists(queries));
  for (int i = 0; i < 3000; ++i) queries[static_cast<std::size_t>(i)] = "other" + std::to_string(i);
  const auto set = *WatchlistSet::compile(watchlists(queries), old, frequencies);
  const auto whole = *WatchlistSet::compile(watchlists(queries));
  EXPECT_EQ(set->bytes(), whole->bytes());
  EXPECT_EQ(Matcher(set).match_ids(document("", "other7 word7 word3500")), (std::vector<std::size_t>{7, 3500}));
}

TEST(Engine, ALongTextDoesNotCrossFromTitleToText) {
  Matcher matcher(*WatchlistSet::compile(watchlists({"\"a b\"", "a NEAR/5 b", "\"a b\"~5", "a ONEAR/100 b"})));
  EXPECT_TRUE(matcher.match_ids(document("x a", "b x")).empty());
  EXPECT_EQ(matcher.match_ids(document("x a", "a b")).size(), 4U);
}

/// NEAR remains linear even if both operands are everywhere and every close pair is in different fields or in the wrong
/// order.
TEST(Engine, NearIsNotQuadratic) {
  Matcher matcher(*WatchlistSet::compile(watchlists({"a ONEAR/10000 b", "(title:a OR q) NEAR/10000 (text:b OR q)"})));
  std::string first;
  std::string second;
  for (int i = 0; i < 20000; ++i) {
    first += "b ";
    second += "a ";
  }
  EXPECT_TRUE(matcher.match_ids(document("", first + second)).empty());
  EXPECT_TRUE(matcher.match_ids(document(second, first)).empty());
}

}  // namespace
}  // namespace pw::match
