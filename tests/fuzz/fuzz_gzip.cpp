#include "core/codec/gzip.hpp"
#include "feed/sitemap.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// A sitemap as it comes, packed or not.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  const std::string text = pw::gunzip_if_gzip(input);
  if (text.size() > pw::kMaxGunzippedBytes) __builtin_trap();
  if (!input.starts_with("\x1F\x8B") && text != input) __builtin_trap();
  (void)pw::feed::parse_sitemap(text, "https://news.example/map.xml.gz");
  return 0;
}
