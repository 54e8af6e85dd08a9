#include "text/url/url.hpp"
#include "text/url/url_bytes.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// Input: the base URL, a line break, then the reference.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  const std::size_t line = std::min(input.find('\n'), size);
  const auto base = pw::text::parse_url(input.substr(0, line));
  const std::string_view reference = input.substr(std::min(line + 1, size));
  const auto url = pw::text::parse_url(reference, base ? &*base : nullptr);
  if (pw::text::is_serialised_web_url(reference) && (!url || url->href() != reference)) __builtin_trap();
  if (!url) return 0;
  if (url->is_web() && url->href().size() <= pw::text::kMaxUrlBytes) {
    const auto again = pw::text::parse_url(url->href());
    if (!again || again->href() != url->href()) __builtin_trap();
  }
  (void)pw::text::clean_url(url->href(), base ? base->href() : "");
  const std::string key = pw::text::article_key(url->href());
  if (url->is_web() && !pw::text::id_key(url->href()).starts_with(key.substr(0, key.find('#')))) __builtin_trap();
  return 0;
}
