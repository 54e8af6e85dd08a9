#include "match/engine/evaluate.hpp"
#include "match/engine/frequencies.hpp"
#include "match/match.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Input: up to eight lines of queries, an empty line, then an article whose first line is the title. The engine, with
/// and without a reload in between, must find the same matches as the reference evaluator.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pw::match;
  std::string_view input(reinterpret_cast<const char*>(data), size);
  std::vector<Watchlist> lists;
  std::vector<Compiled> queries;
  Vocabulary words;
  while (lists.size() < 8) {
    const std::size_t end = std::min(input.find('\n'), input.size());
    const std::string query(input.substr(0, end));
    input.remove_prefix(std::min(end + 1, input.size()));
    if (query.empty()) break;
    auto parsed = pw::query::parse_query(query);
    if (!std::holds_alternative<pw::query::Node>(parsed)) continue;
    queries.push_back(compile(std::move(std::get<pw::query::Node>(parsed)), words));
    Watchlist list;
    list.id = std::to_string(lists.size());
    list.query = query;
    lists.push_back(std::move(list));
  }
  Document document;
  document.title = input.substr(0, std::min(input.find('\n'), input.size()));
  document.text = input.substr(document.title.size());
  document.url = "https://example.org/";
  PositionIndex reading(words);
  reading.read(document);
  std::vector<std::size_t> wanted;
  for (std::size_t i = 0; i < queries.size(); ++i) {
    if (evaluate(queries[i], reading)) wanted.push_back(i);
  }
  const auto whole = WatchlistSet::compile(lists);
  if (!whole || Matcher(*whole).match_ids(document) != wanted) __builtin_trap();
  if (lists.empty()) return 0;
  std::vector<Watchlist> older = lists;
  older.front().query = "other";
  const auto before = WatchlistSet::compile(older);
  static const Frequencies kNothingLearnt;
  const auto after = WatchlistSet::compile(lists, *before, kNothingLearnt);
  if (!after || Matcher(*after).match_ids(document) != wanted) __builtin_trap();
  return 0;
}
