#include "core/text.hpp"
#include "fetch/http/response_headers.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// Input: the headers of a response, one per line.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr pw::Time kNow = pw::from_ms(1'772'443'800'000);
  std::string_view rest{reinterpret_cast<const char*>(data), size};
  pw::fetch::FetchResponse response;
  response.final_url = "https://news.example/rss.xml";
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, std::min(rest.find('\n'), rest.size() - 1) + 1);
    pw::fetch::add_header_line(response.headers, line);
    rest.remove_prefix(line.size());
  }
  for (const auto& [name, value] : response.headers) {
    if (name != pw::ascii_lower(name) || value != pw::trim(value)) __builtin_trap();
  }
  if (const auto left = pw::fetch::freshness(response, kNow); left && left->count() < 0) __builtin_trap();
  if (const std::string* after = response.header("retry-after")) {
    const auto pause = pw::fetch::parse_retry_after(*after, kNow);
    if (pause && pause->count() < 0) __builtin_trap();
  }
  (void)response.linked("hub");
  (void)response.linked("self");
  return 0;
}
