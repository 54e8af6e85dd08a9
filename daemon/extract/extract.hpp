#pragma once
/// Extracts an Article from an article page: its text without boilerplate, and the metadata stated by the page.

#include "core/article.hpp"
#include "core/result.hpp"
#include "html/dom/dom.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pw::extract {

/// CSS selectors from a source's settings. Where a selector is empty, the general rule applies.
struct Overrides {
  std::string title;
  std::string text;
  std::string author;
  std::string date;
  std::vector<std::string> drop;  ///< elements to remove from the text
};

/// The page to extract from. The views and `overrides` must outlive the call.
struct PageInput {
  std::string_view html;  ///< UTF-8
  std::string_view url;   ///< URL it was fetched from
  Time now;               ///< dates more than two days later than this are implausible
  const Overrides* overrides = nullptr;
  std::uint32_t rules_off = 0;  ///< a RuleSet (page.hpp) of rules to disable, for measuring their effect
};

/// Converts space-separated rule names to the bits of PageInput::rules_off. Errc::invalid for an unknown name.
Result<std::uint32_t> read_rules(std::string_view names);

/// A feed linked from a page.
struct FeedLink {
  std::string url;  ///< absolute
  std::string title;
  std::string type;  ///< media type, lower case
};

/// Fills every field that the page provides. Missing text is not an error: `text` is then empty and `partial` is true.
/// Errc::too_large for a page above the limits of parse_html, Errc::invalid for an invalid selector in `overrides`.
/// Pure, linear time; any thread.
Result<Article> extract_article(const PageInput& page);

/// The feeds in link elements with rel=alternate, in document order, without duplicates. Any thread.
std::vector<FeedLink> find_feed_links(const html::Document& document, std::string_view url);

/// Explains the extraction, for people: one line per block of the page with "+" (kept) or "-" (dropped), the rule, and
/// the start of the text. Errors as extract_article.
Result<std::string> explain_page(const PageInput& page);

}  // namespace pw::extract
