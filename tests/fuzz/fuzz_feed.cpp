#include "feed/feed.hpp"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  const auto feed = pw::feed::parse_feed(input, "https://news.example/rss.xml", pw::from_ms(1'770'000'000'000));
  if (!feed) return 0;
  if (feed->entries.size() > pw::feed::kMaxFeedEntries) __builtin_trap();
  if (pw::feed::entry_ids(*feed).size() != feed->entries.size()) __builtin_trap();
  return 0;
}
