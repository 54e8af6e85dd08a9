#include "fetch/robots/robots.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// Input: the requested path, a line break, then the robots.txt.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  const std::size_t line = std::min(input.find('\n'), size);
  const auto robots = pw::fetch::Robots::parse(input.substr(std::min(line + 1, size)));
  (void)robots.allowed("presswatch", input.substr(0, line));
  (void)robots.crawl_delay("presswatch");
  (void)robots.sitemaps();
  return 0;
}
