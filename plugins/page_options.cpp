#include "page_options.hpp"

#include "html/css/selector.hpp"

#include <spdlog/fmt/fmt.h>

#include <stdexcept>

namespace pw::plugins {

void require_selector(std::string_view option, std::string_view css) {
  if (css.empty()) return;
  const auto compiled = html::Selector::compile(css);
  if (!compiled) throw std::invalid_argument(fmt::format("{}: {}", option, compiled.error().message));
}

PageRules::PageRules(const config::Options& options)
    : overrides_{options.text("title"), options.text("body"), options.text("author"), options.text("date"),
                 options.list("drop")} {
  require_selector("title", overrides_.title);
  require_selector("body", overrides_.text);
  require_selector("author", overrides_.author);
  require_selector("date", overrides_.date);
  for (const std::string& css : overrides_.drop) require_selector("drop", css);
  any_ = overrides_.title.size() + overrides_.text.size() + overrides_.author.size() + overrides_.date.size() +
             overrides_.drop.size() >
         0;
}

Result<std::optional<Article>> PageRules::extract(const source::PageInput& input) const {
  if (!any_) return std::optional<Article>{};
  auto article = extract::extract_article({input.html, input.url, input.now, &overrides_});
  if (!article) return article.error();
  return std::optional<Article>{std::move(*article)};
}

}  // namespace pw::plugins
