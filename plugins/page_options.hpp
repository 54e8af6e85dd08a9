#pragma once
/// The options with which a source describes its article pages. All built-in plugins accept them.

#include "extract/extract.hpp"
#include "source/plugin.hpp"

#include <array>

namespace pw::plugins {

constexpr std::array<config::OptionSpec, 5> kPageOptions{{
    {"title", config::OptionType::selector, false, "CSS selector for the article's headline"},
    {"body", config::OptionType::selector, false, "CSS selector for the article's text"},
    {"author", config::OptionType::selector, false, "CSS selector for the author"},
    {"date", config::OptionType::selector, false, "CSS selector for the publication date"},
    {"drop", config::OptionType::list, false, "CSS selectors for parts that do not belong to the article"},
}};

/// Combines a plugin's own options with kPageOptions.
template <std::size_t N>
constexpr auto with_page_options(const std::array<config::OptionSpec, N>& own) {
  std::array<config::OptionSpec, N + kPageOptions.size()> all{};
  for (std::size_t i = 0; i < N; ++i) all[i] = own[i];
  for (std::size_t i = 0; i < kPageOptions.size(); ++i) all[N + i] = kPageOptions[i];
  return all;
}

/// Extracts article pages with the selectors of a source, if it has any. Immutable; any thread.
class PageRules {
 public:
  /// Throws std::invalid_argument if a selector is invalid.
  explicit PageRules(const config::Options& options);

  /// nullopt if the source has no selectors. Errors as extract::extract_article.
  [[nodiscard]] Result<std::optional<Article>> extract(const source::PageInput& input) const;

 private:
  extract::Overrides overrides_;
  bool any_ = false;
};

/// Throws std::invalid_argument if the selector is invalid. The message names the option and marks the error.
void require_selector(std::string_view option, std::string_view css);

}  // namespace pw::plugins
