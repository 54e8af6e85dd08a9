#include "feed/sitemap.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  const auto map = pw::feed::parse_sitemap(input, "https://news.example/map.xml", pw::from_ms(1'770'000'000'000));
  if (!map || map->kind.find("sitemap") == std::string::npos) return 0;
  for (const auto& entry : map->entries) {
    if (!entry.url.starts_with("http")) __builtin_trap();
  }
  return 0;
}
