#include "match/engine/frequencies.hpp"
#include "match/match.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <memory>
#include <random>
#include <string>
#include <vector>

/// Synthetic texts and watchlists with the word distribution of a natural language: the n-th word is about 1/n as
/// frequent as the first. Queries use rare words, mostly in an OR, some with AND, NOT, NEAR and phrases.
namespace {

using namespace pw::match;

constexpr std::size_t kWords = 200'000;
constexpr std::size_t kArticles = 500;
constexpr std::size_t kWordsOfAnArticle = 800;
/// Words before this rank occur in too many articles to distinguish them.
constexpr std::size_t kFirstRare = 20'000;

class Language {
 public:
  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }

  /// A random rank of at least `from`, by frequency.
  std::size_t rank(std::size_t from) {
    const double low = std::log(static_cast<double>(from));
    const double high = std::log(static_cast<double>(kWords));
    return static_cast<std::size_t>(std::exp(std::uniform_real_distribution<double>(low, high)(random_)));
  }

  /// Common words are short; every eighth is Cyrillic.
  static std::string word(std::size_t rank) {
    static constexpr const char* kLatin[] = {"ba", "re", "to", "li", "sen", "ka", "mor", "ni"};
    static constexpr const char* kCyrillic[] = {"ба", "ре", "то", "ли", "сен", "ка", "мор", "ни"};
    const auto& syllables = rank % 8 == 7 ? kCyrillic : kLatin;
    std::string out;
    for (std::size_t left = rank; left > 0; left /= 8) out += syllables[left % 8];
    return out;
  }

  std::string article() {
    std::string out;
    for (std::size_t i = 0; i < kWordsOfAnArticle; ++i) out += word(rank(1)) + (i % 12 == 11 ? ". " : " ");
    return out;
  }

  std::string term(double prefixes) {
    const std::string one = word(rank(kFirstRare));
    if (std::uniform_real_distribution<double>(0, 1)(random_) < prefixes) return one.substr(0, one.size() - 2) + '*';
    return below(100) < 45 ? '"' + one + ' ' + word(rank(100)) + '"' : one;
  }

  std::string group(double prefixes) {
    std::string out = '(' + term(prefixes);
    for (std::size_t i = below(4); i > 0; --i) out += " OR " + term(prefixes);
    return out + ')';
  }

  std::string query(double prefixes) {
    const std::size_t shape = below(100);
    std::string out = group(prefixes);
    if (shape < 60) return out;
    if (shape < 85) return out + " AND (" + word(rank(100)) + " OR " + word(rank(300)) + ')';
    if (shape < 95) return out + " NOT " + word(rank(10));
    return word(rank(kFirstRare)) + " NEAR/5 " + word(rank(100));
  }

 private:
  std::mt19937_64 random_{20261124};
};

struct Workload {
  explicit Workload(std::size_t queries, double prefixes) {
    Language language;
    for (std::size_t i = 0; i < kArticles; ++i) articles.push_back(language.article());
    for (const std::string& text : articles) frequencies.learn(document(text));
    for (std::size_t i = 0; i < queries; ++i) {
      lists.emplace_back();
      lists.back().id = std::to_string(i);
      lists.back().query = language.query(prefixes);
    }
  }

  static Document document(std::string_view text) {
    Document out;
    out.text = text;
    return out;
  }

  std::vector<std::string> articles;
  std::vector<Watchlist> lists;
  Frequencies frequencies;
};

/// Arguments: number of queries, percentage of words that are prefixes.
const Workload& workload(const benchmark::State& state) {
  static std::unique_ptr<Workload> last;
  static std::pair<std::int64_t, std::int64_t> made{-1, -1};
  const std::pair wanted{state.range(0), state.range(1)};
  if (made != wanted) {
    last.reset();
    last = std::make_unique<Workload>(static_cast<std::size_t>(wanted.first), static_cast<double>(wanted.second) / 100);
    made = wanted;
  }
  return *last;
}

void BM_MatchArticle(benchmark::State& state) {
  const Workload& work = workload(state);
  const auto set = *WatchlistSet::compile(work.lists, nullptr, work.frequencies);
  Matcher matcher(set);
  std::size_t matches = 0;
  std::size_t next = 0;
  for (auto _ : state) matches += matcher.match_ids(Workload::document(work.articles[next++ % kArticles])).size();
  const auto each = benchmark::Counter::kAvgIterations;
  state.counters["matches"] = benchmark::Counter(static_cast<double>(matches), each);
  state.counters["bytes_a_query"] = static_cast<double>(set->bytes()) / static_cast<double>(work.lists.size());
}

void BM_Build(benchmark::State& state) {
  const Workload& work = workload(state);
  for (auto _ : state) benchmark::DoNotOptimize(WatchlistSet::compile(work.lists, nullptr, work.frequencies));
}

/// Changes one of many watchlists.
void BM_Reload(benchmark::State& state) {
  const Workload& work = workload(state);
  const auto set = *WatchlistSet::compile(work.lists, nullptr, work.frequencies);
  std::vector<Watchlist> changed = work.lists;
  changed[changed.size() / 2].query = "another OR query";
  for (auto _ : state) benchmark::DoNotOptimize(WatchlistSet::compile(changed, set, work.frequencies));
}

/// Folding, splitting and hashing alone: a set whose only word never occurs.
void BM_Analyse(benchmark::State& state) {
  Language language;
  const std::string text = language.article();
  Watchlist list;
  list.query = "nowhere";
  Matcher matcher(*WatchlistSet::compile(std::span(&list, 1)));
  for (auto _ : state) benchmark::DoNotOptimize(matcher.match_ids(Workload::document(text)));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}

/// Texts in which most terms of a NEAR meet but never all of them. The argument is the number of words.
void match_hostile(benchmark::State& state, const char* query, const char* part, std::size_t words_of_part) {
  Watchlist list;
  list.query = query;
  Matcher matcher(*WatchlistSet::compile(std::span(&list, 1)));
  std::string text;
  for (std::size_t i = 0; i < static_cast<std::size_t>(state.range(0)) / words_of_part; ++i) text += part;
  text += "x x x Baku.";
  for (auto _ : state) benchmark::DoNotOptimize(matcher.match_ids(Workload::document(text)));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}

void BM_HostileNearInNear(benchmark::State& state) {
  match_hostile(state, "((((iran NEAR/50 oil) NEAR/50 gas) NEAR/50 iran) NEAR/50 oil) NEAR/2 baku", "iran oil gas ", 3);
}

void BM_HostileSentences(benchmark::State& state) { match_hostile(state, "iran /s oil", "Iran sells. Dear oil. ", 4); }

BENCHMARK(BM_HostileNearInNear)->Arg(2'200)->Arg(22'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_HostileSentences)->Arg(9'200)->Arg(92'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_Analyse)->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_MatchArticle)->ArgsProduct({{1'000, 10'000, 100'000, 1'000'000}, {0, 2}})->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_Reload)->Args({100'000, 0})->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Build)->Args({100'000, 0})->Args({1'000'000, 0})->Unit(benchmark::kMillisecond);

}  // namespace
