#include "extract/refresh.hpp"
#include "text/url/url.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace {

constexpr std::string_view kUrl = "https://news.example/2024/05/03/story.html";

void check(std::string_view target) {
  const auto url = pw::text::parse_url(target);
  if (!url || !url->is_web() || url->without_fragment() == kUrl) __builtin_trap();
}

}  // namespace

/// Parses the input as the value of a header, the content of a meta element, a script, and a page.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  const auto header = pw::extract::parse_refresh(input, kUrl, kUrl);
  if (header) check(header->url);
  const bool plain = input.find_first_of("\"&") == std::string_view::npos && input.find('\0') == std::string_view::npos;
  const std::string meta = "<meta http-equiv=refresh content=\"" + std::string(input) + "\">";
  if (plain && pw::extract::meta_refresh(meta, kUrl) != header) __builtin_trap();
  if (const auto found = pw::extract::meta_refresh(input, kUrl)) check(found->url);
  const std::string script = "<script>location=" + std::string(input);
  for (const std::string& page : {script + "</script>", std::string(input)}) {
    if (const std::string target = pw::extract::script_redirect(page, kUrl); !target.empty()) check(target);
  }
  return 0;
}
