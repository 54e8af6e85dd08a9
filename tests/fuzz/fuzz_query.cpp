#include "match/match.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// Input: a query, a line break, then an article. Every match must be at the position that it states.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t line = std::min(input.find('\n'), input.size());
  pw::match::Watchlist list;
  list.id = "fuzz";
  list.query = std::string(input.substr(0, line));
  if (list.query.empty()) return 0;
  const auto set = pw::match::WatchlistSet::compile(std::span(&list, 1));
  if (!set) return 0;
  pw::match::Document document;
  document.title = input.substr(line).substr(0, 40);
  document.text = input.substr(line);
  for (const auto& match : pw::match::Matcher(*set).match(document)) {
    for (const auto& hit : match.hits) {
      const std::string_view text = hit.field == "title" ? document.title : document.text;
      if (text.substr(hit.begin, hit.end - hit.begin) != hit.matched) __builtin_trap();
    }
  }
  return 0;
}
