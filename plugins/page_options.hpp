#pragma once
/// The options by which a source names the parts of its article pages; every built-in plugin takes them.

#include "extract/extract.hpp"
#include "source/plugin.hpp"

#include <array>

namespace pw::plugins {

constexpr std::array<config::OptionSpec, 5> kPageOptions{{
    {"title", config::OptionType::selector, false, "CSS selector of the article's headline"},
    {"body", config::OptionType::selector, false, "CSS selector of the article's text"},
    {"author", config::OptionType::selector, false, "CSS selector of the author"},
    {"date", config::OptionType::selector, false, "CSS selector of the publication date"},
    {"drop", config::OptionType::list, false, "CSS selectors of parts that are not the article"},
}};

/// Joins a plugin's own options with kPageOptions.
template <std::size_t N>
constexpr auto with_page_options(const std::array<config::OptionSpec, N>& own) {
  std::array<config::OptionSpec, N + kPageOptions.size()> all{};
  for (std::size_t i = 0; i < N; ++i) all[i] = own[i];
  for (std::size_t i = 0; i < kPageOptions.size(); ++i) all[N + i] = kPageOptions[i];
  return all;
}

/// Extracts by a source's own selectors where its settings give any.
class PageRules {
 public:
  /// Throws std::invalid_argument when a selector does not compile.
  explicit PageRules(const config::Options& options);

  [[nodiscard]] Result<std::optional<Article>> extract(const source::PageInput& input) const;

 private:
  extract::Overrides overrides_;
  bool any_ = false;
};

/// Throws std::invalid_argument that names the option and shows what is wrong in its selector.
void require_selector(std::string_view option, std::string_view css);

}  // namespace pw::plugins
