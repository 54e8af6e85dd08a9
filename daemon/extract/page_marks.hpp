#pragma once
/// Marks of the usual vendors of challenges, consent forms and paywalls in a page's source. Private to extract/.

#include "extract/page_source.hpp"

#include <span>
#include <string_view>

namespace pw::extract {

/// What only a page that checks for robots has.
bool has_challenge(const PageSource& source, std::string_view html);
/// A captcha, which forms on other pages have too.
bool has_captcha(const PageSource& source);
/// A consent management platform, which most pages have.
bool has_consent_tool(const PageSource& source);
bool has_paywall_tool(const PageSource& source);

/// Some linked data says that it is not accessible for free.
bool is_not_free(std::span<const std::string_view> linked_data);
/// Some linked data is an article.
bool is_linked_article(std::span<const std::string_view> linked_data);

}  // namespace pw::extract
