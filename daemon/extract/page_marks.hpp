#pragma once
/// Detects common challenge, consent and paywall products by their traces in a page's source. Private to extract/.

#include "extract/page_source.hpp"

#include <span>
#include <string_view>

namespace pw::extract {

/// True if the page has traces that only robot checks have.
bool has_challenge(const PageSource& source, std::string_view html);
/// True if the page has a captcha, as forms on other pages do too.
bool has_captcha(const PageSource& source);
/// True if the page has a consent management platform, as most pages do.
bool has_consent_tool(const PageSource& source);
bool has_paywall_tool(const PageSource& source);

/// True if some linked data says that the article is not accessible for free.
bool is_not_free(std::span<const std::string_view> linked_data);
/// True if some linked data describes an article.
bool is_linked_article(std::span<const std::string_view> linked_data);

}  // namespace pw::extract
