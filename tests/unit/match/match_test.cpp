#include "match/match.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>
#include <sstream>

namespace pw::match {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::shared_ptr<const WatchlistSet> compile(const std::vector<std::string>& queries) {
  std::vector<Watchlist> lists;
  for (const std::string& query : queries) {
    Watchlist list;
    list.id = "w" + std::to_string(lists.size());
    list.query = query;
    lists.push_back(std::move(list));
  }
  auto set = WatchlistSet::compile(lists);
  EXPECT_TRUE(set) << set.error().message;
  return *set;
}

Document document(std::string_view title, std::string_view text) {
  Document out;
  out.title = title;
  out.text = text;
  return out;
}

bool matches(const std::string& query, std::string_view text, std::string_view title = "") {
  return !Matcher(compile({query})).match_ids(document(title, text)).empty();
}

TEST(Match, WordsPhrasesAndPrefixes) {
  EXPECT_TRUE(matches("azerbaijan", "Azerbaijan’s president"));
  EXPECT_FALSE(matches("azerbaijan", "Azerbaijani oil"));
  EXPECT_TRUE(matches("azerbaijan*", "Azerbaijani oil"));
  EXPECT_TRUE(matches("\"vice chair\"", "the vice-chair said"));
  EXPECT_FALSE(matches("\"vice chair\"", "chair, vice"));
  EXPECT_TRUE(matches("伊朗", "關於伊朗的消息"));
}

TEST(Match, NearWindowsAndOrder) {
  EXPECT_TRUE(matches("a NEAR/1 b", "b x a"));
  EXPECT_FALSE(matches("a NEAR/1 b", "b x x a"));
  EXPECT_FALSE(matches("a ONEAR/1 b", "b x a"));
  EXPECT_TRUE(matches("a ONEAR/1 b", "a x b"));
  EXPECT_FALSE(matches("a NEAR/5 a", "a x"));
  EXPECT_TRUE(matches("\"a b c\"~1", "c x b a"));
  EXPECT_FALSE(matches("\"a a\"~2", "a x x"));
  EXPECT_FALSE(matches("a NEAR/9 b", "b", "a"));
}

TEST(Match, Wildcards) {
  EXPECT_TRUE(matches("organi?ation", "an organisation"));
  EXPECT_FALSE(matches("organi?ation", "organiation"));
  EXPECT_FALSE(matches("organi?ation", "organisations"));
  EXPECT_TRUE(matches("wom?n*", "womanly"));
  EXPECT_TRUE(matches("Ир?н", "В Иране и Иран"));
  EXPECT_FALSE(matches("Ир?н", "В Иране"));
  EXPECT_TRUE(matches("\"oil pric*\"", "the oil prices"));
  EXPECT_FALSE(matches("\"oil pric*\"", "oil and prices"));
  EXPECT_TRUE(matches("\"crude oil pric* ind?x\"", "Crude oil prices: index"));
}

TEST(Match, NearsInsideNears) {
  EXPECT_TRUE(matches("(a NEAR/1 b) NEAR/1 c", "b x a x c"));
  EXPECT_FALSE(matches("(a NEAR/1 b) NEAR/1 c", "b x a x x c"));
  EXPECT_FALSE(matches("(a NEAR/3 b) NEAR/3 c", "a c b"));
  EXPECT_FALSE(matches("(a NEAR/1 b) ONEAR/1 c", "c a b"));
  EXPECT_TRUE(matches("((a NEAR/0 b) OR d) NEAR/0 c", "d c"));
}

TEST(Match, SentencesAndParagraphs) {
  const std::string text = "Mr. A. Baker met the envoy. He left for Baku.\nTalks with the U.S. side go on.";
  EXPECT_TRUE(matches("baker /s envoy", text));
  EXPECT_TRUE(matches("envoy /s baker", text));
  EXPECT_FALSE(matches("baker /s baku", text));
  EXPECT_TRUE(matches("baker /p baku", text));
  EXPECT_FALSE(matches("baku /p talks", text));
  EXPECT_TRUE(matches("talks /s side", text));
  EXPECT_FALSE(matches("baker /s baker", text));
  EXPECT_FALSE(matches("a /p b", "a", "b"));
  EXPECT_TRUE(matches("هواپیما /s تهران", "هواپیما به تهران رفت؟ بله"));
  EXPECT_FALSE(matches("هواپیما /s تهران", "هواپیما آمد؟ تهران"));
}

TEST(Match, AuthorsSitesCountriesAndRanges) {
  const std::vector<std::string> authors{"Jane van Smith", "Ali Həsənov"};
  Document one = document("", "iran");
  one.authors = authors;
  one.country = "az";
  one.url = "https://news.example.org/a";
  const auto holds = [&](const std::string& query) { return !Matcher(compile({query})).match_ids(one).empty(); };
  EXPECT_TRUE(holds("iran AND author:\"van Smith\""));
  EXPECT_TRUE(holds("author:hasanov OR author:hesenov"));
  EXPECT_FALSE(holds("author:\"Jane Smith\""));
  EXPECT_FALSE(holds("author:\"Smith Ali\""));
  EXPECT_TRUE(holds("country:AZ"));
  EXPECT_TRUE(holds("country:[am TO ge]"));
  EXPECT_FALSE(holds("country:[ba TO ge]"));
  EXPECT_TRUE(holds("site:example.org"));
  EXPECT_FALSE(holds("site:ample.org"));
  EXPECT_TRUE(holds("iran NOT country:ir"));
}

TEST(Match, FieldsExactFormsAndCounts) {
  EXPECT_FALSE(matches("title:iran", "iran"));
  EXPECT_TRUE(matches("title:iran", "x", "Iran"));
  EXPECT_TRUE(matches("lead:iran", "About Iran.\nMore."));
  EXPECT_FALSE(matches("lead:iran", "About it.\nIran."));
  EXPECT_TRUE(matches("{US}", "the US said"));
  EXPECT_FALSE(matches("{US}", "told us"));
  EXPECT_TRUE(matches("{U.S.}", "the U.S. said"));
  EXPECT_FALSE(matches("{U.S.}", "the US, U.S said"));
  EXPECT_TRUE(matches("{C++}", "in C++ and"));
  EXPECT_FALSE(matches("{C++}", "in C and"));
  EXPECT_TRUE(matches("{@someone}", "says @someone"));
  EXPECT_FALSE(matches("{@someone}", "someone"));
  EXPECT_TRUE(matches("atleast2(iran OR tehran)", "Iran and Tehran"));
  EXPECT_FALSE(matches("atleast2(iran)", "Iran"));
  EXPECT_FALSE(matches("iran AND NOT iraq", "Iran and Iraq"));
}

TEST(Match, EveryHitStandsWhereItSays) {
  const auto set = compile({"(Иран OR baku) AND NOT oil"});
  const std::string text = "Первое.\nПрезидент посетил Иран. «Baku’s» answer came late.";
  const auto found = Matcher(set).match(document("Из Баку", text));
  ASSERT_EQ(found.size(), 1U);
  ASSERT_EQ(found[0].hits.size(), 2U);
  for (const TermHit& hit : found[0].hits) EXPECT_EQ(text.substr(hit.begin, hit.end - hit.begin), hit.matched);
  EXPECT_EQ(found[0].sentence, "Президент посетил Иран.");
  EXPECT_GT(found[0].score, 0);
}

TEST(Match, AliasesSayWhatTheyStandFor) {
  Watchlist list;
  list.id = "iran";
  list.keywords = {"Iran"};
  list.names = {{"Iran", {"איראן"}}};
  const auto set = WatchlistSet::compile(std::span(&list, 1));
  ASSERT_TRUE(set);
  const auto found = Matcher(*set).match(document("", "שר החוץ של איראן"));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].hits[0].alias_of, "Iran");
}

TEST(Match, AWatchlistKeepsToItsLanguagesAndSources) {
  Watchlist list;
  list.id = "x";
  list.query = "iran";
  list.languages = {"en"};
  list.sources = {"jns", "tag:wire"};
  const auto set = WatchlistSet::compile(std::span(&list, 1));
  ASSERT_TRUE(set);
  Matcher matcher(*set);
  const std::vector<std::string> tags{"wire"};
  Document one = document("", "iran");
  one.language = "en";
  one.source = "other";
  EXPECT_TRUE(matcher.match(one).empty());
  one.source_tags = tags;
  EXPECT_EQ(matcher.match(one).size(), 1U);
  one.language = "ru";
  EXPECT_TRUE(matcher.match(one).empty());
}

TEST(Match, AnUnknownLanguagePassesTheLanguagesOfAWatchlistButIsNoneInAQuery) {
  Watchlist list;
  list.id = "x";
  list.query = "iran";
  list.languages = {"az"};
  const auto set = WatchlistSet::compile(std::span(&list, 1));
  ASSERT_TRUE(set);
  Document one = document("", "iran");
  EXPECT_EQ(Matcher(*set).match(one).size(), 1U);
  one.language = "tr";
  EXPECT_TRUE(Matcher(*set).match(one).empty());
  EXPECT_FALSE(matches("iran AND lang:az", "iran"));
  EXPECT_TRUE(matches("iran -lang:az", "iran"));
  EXPECT_FALSE(matches("iran AND lang:[aa TO zz]", "iran"));
}

TEST(Match, AWrongQueryNamesItsWatchlist) {
  Watchlist list;
  list.id = "broken";
  list.query = "a AND (b";
  const auto set = WatchlistSet::compile(std::span(&list, 1));
  ASSERT_FALSE(set);
  EXPECT_THAT(set.error().message, HasSubstr("broken"));
  EXPECT_THAT(set.error().message, HasSubstr("^"));
}

/// Evaluates queries word by word: slow, but without an index that could miss something.
class Naive {
 public:
  explicit Naive(const std::string& text) {
    std::istringstream in(text);
    for (std::string word; in >> word;) words_.push_back(word);
  }

  [[nodiscard]] bool holds(const query::Node& node) const {
    switch (node.kind) {
      case query::Node::Kind::any:
        return std::ranges::any_of(node.children, [&](const query::Node& one) { return holds(one); });
      case query::Node::Kind::all:
        return std::ranges::all_of(node.children, [&](const query::Node& one) { return holds(one); });
      case query::Node::Kind::negation: return !holds(node.children[0]);
      default: return !places(node).empty();
    }
  }

 private:
  static bool same_word(const query::Node& node, const std::string& word, const std::string& wanted) {
    if (node.kind == query::Node::Kind::prefix) return word.starts_with(wanted);
    if (node.kind != query::Node::Kind::wildcard) return word == wanted;
    const bool open = wanted.ends_with('*');
    const std::size_t length = wanted.size() - (open ? 1 : 0);
    if (open ? word.size() < length : word.size() != length) return false;
    for (std::size_t i = 0; i < length; ++i) {
      if (wanted[i] != '?' && wanted[i] != word[i]) return false;
    }
    return true;
  }

  [[nodiscard]] std::vector<std::pair<int, int>> places(const query::Node& node) const {
    std::vector<std::pair<int, int>> out;
    if (node.kind == query::Node::Kind::near) return near(node);
    const int count = static_cast<int>(words_.size());
    const int length = static_cast<int>(node.tokens.size());
    for (int i = 0; i + length <= count; ++i) {
      bool same = true;
      for (int k = 0; k < length; ++k) {
        const std::string& word = words_[static_cast<std::size_t>(i + k)];
        const std::string& wanted = node.tokens[static_cast<std::size_t>(k)];
        same = same && same_word(node, word, wanted);
      }
      if (same) out.emplace_back(i, i + length - 1);
    }
    return out;
  }

  [[nodiscard]] std::vector<std::pair<int, int>> near(const query::Node& node) const {
    std::vector<std::pair<int, int>> out;
    for (const auto& [a1, a2] : places(node.children[0])) {
      for (const auto& [b1, b2] : places(node.children[1])) {
        if (node.ordered && b1 <= a2) continue;
        const int gap = b1 > a2 ? b1 - a2 - 1 : a1 - b2 - 1;
        if (gap >= 0 && gap <= static_cast<int>(node.n)) out.emplace_back(std::min(a1, b1), std::max(a2, b2));
      }
    }
    return out;
  }

  std::vector<std::string> words_;
};

std::string random_query(std::mt19937& random, int depth) {
  const auto below = [&](unsigned n) { return std::uniform_int_distribution<unsigned>(0, n - 1)(random); };
  const auto word = [&] { return std::string(1, static_cast<char>('a' + below(5))) + (below(2) == 0 ? "x" : "y"); };
  const auto leaf = [&]() -> std::string {
    switch (below(5)) {
      case 0: return '"' + word() + ' ' + word() + '"';
      case 1: return word() + '*';
      case 2: return std::string(1, static_cast<char>('a' + below(5))) + (below(2) == 0 ? "?*" : "?z");
      default: return word();
    }
  };
  if (depth == 0) return leaf();
  switch (below(5)) {
    case 0: return '(' + random_query(random, depth - 1) + " AND " + random_query(random, depth - 1) + ')';
    case 1: return '(' + random_query(random, depth - 1) + " OR " + random_query(random, depth - 1) + ')';
    case 2: return '(' + random_query(random, depth - 1) + " NOT " + random_query(random, depth - 1) + ')';
    case 3: {
      const std::string near = (below(2) == 0 ? " NEAR/" : " ONEAR/") + std::to_string(below(4)) + ' ';
      const std::string left = below(3) == 0 ? '(' + leaf() + " NEAR/2 " + leaf() + ')' : leaf();
      return '(' + left + near + leaf() + ')';
    }
    default: return leaf();
  }
}

TEST(Match, AgreesWithANaiveReadingOnRandomQueriesAndTexts) {
  std::mt19937 random(20261124);
  std::vector<std::string> queries;
  std::vector<query::Node> trees;
  while (queries.size() < 400) {
    const std::string query = random_query(random, 3);
    auto parsed = query::parse_query(query);
    if (!std::holds_alternative<query::Node>(parsed)) continue;
    queries.push_back(query);
    trees.push_back(std::move(std::get<query::Node>(parsed)));
  }
  Matcher matcher(compile(queries));
  for (int round = 0; round < 100; ++round) {
    std::string text;
    for (auto i = random() % 14; i > 0; --i) {
      text += "abcde"[random() % 5];
      text += random() % 2 == 0 ? "x" : "y";
      text += random() % 3 == 0 ? "z " : " ";
    }
    const Naive naive(text);
    std::vector<std::size_t> wanted;
    for (std::size_t i = 0; i < trees.size(); ++i) {
      if (naive.holds(trees[i])) wanted.push_back(i);
    }
    EXPECT_EQ(matcher.match_ids(document("", text)), wanted) << text;
  }
}

}  // namespace
}  // namespace pw::match
