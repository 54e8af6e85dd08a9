#include "core/text.hpp"
#include "extract/extract.hpp"
#include "extract/page_kind.hpp"
#include "html/dom/html.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view html{reinterpret_cast<const char*>(data), size};
  constexpr std::string_view kUrl = "https://news.example/2024/05/03/story.html";
  pw::html::HtmlOptions options;
  options.keep_all = size % 2 == 1;
  options.read_noscript = size % 3 == 1;
  if (const auto document = pw::html::parse_html(html, options)) (void)pw::extract::find_feed_links(*document, kUrl);
  static const pw::extract::Overrides kOverrides{"h1, title", "article, noscript", ".by", "time", {"aside"}};
  const auto article = pw::extract::extract_article(
      {html, kUrl, pw::from_ms(1'715'000'000'000), options.keep_all ? &kOverrides : nullptr});
  if (article) (void)pw::extract::judge_page(html, *article, kUrl, size % 5 == 0 ? "https://news.example/" : kUrl);
  if (article && !(pw::is_valid_utf8(article->text) && pw::is_valid_utf8(article->title))) __builtin_trap();
  return 0;
}
