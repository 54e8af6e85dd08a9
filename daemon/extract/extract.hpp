#pragma once
/// An article page to an Article: the text and nothing but the text, and what the page states about it.

#include "core/article.hpp"
#include "core/result.hpp"
#include "html/dom/dom.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pw::extract {

/// What a source's settings say about its pages, as CSS selectors; an empty one leaves the general rule in force.
struct Overrides {
  std::string title;
  std::string text;
  std::string author;
  std::string date;
  std::vector<std::string> drop;  ///< left out of the text
};

struct PageInput {
  std::string_view html;  ///< UTF-8
  std::string_view url;   ///< where it was fetched from
  Time now;               ///< no date is later than this by more than two days
  const Overrides* overrides = nullptr;
  std::uint32_t rules_off = 0;  ///< RuleSet (page.hpp): to measure what a rule is worth
};

/// The names of the rules for PageInput::rules_off, ' '-separated, as bits; Errc::invalid for an unknown one.
Result<std::uint32_t> read_rules(std::string_view names);

/// A feed that a page points to.
struct FeedLink {
  std::string url;  ///< absolute
  std::string title;
  std::string type;  ///< media type, lower case
};

/// Fills every field that the page gives away. An article without text is no error: `text` is empty and `partial` set.
/// Errc::too_large for a page above the caps of parse_html, Errc::invalid for an override that is no selector.
/// Pure, linear time; any thread.
Result<Article> extract_article(const PageInput& page);

/// link rel=alternate of a feed type, in document order, each address once.
std::vector<FeedLink> find_feed_links(const html::Document& document, std::string_view url);

/// For people: one line a block of the page, "+" kept or "-" dropped, the rule, and how it begins.
Result<std::string> explain_page(const PageInput& page);

}  // namespace pw::extract
