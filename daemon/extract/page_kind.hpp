#pragma once
/// What came instead of the article: consent forms, checks for robots, "not found" with status 200, and their like.

#include "core/article.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace pw::extract {

enum class PageKind : std::uint8_t {
  article,
  consent,
  robot_check,
  not_found,
  login,
  script_only,      ///< an application that shows nothing without JavaScript
  script_redirect,  ///< a script that only leads elsewhere
  front_page,
  unavailable,  ///< maintenance, or not for readers of our country
  paywall,      ///< the beginning of the article: its text is right, but not whole
};

struct PageVerdict {
  PageKind kind = PageKind::article;
  std::string_view reason;  ///< for people: "a consent form"; static; empty for an article
  std::string target;       ///< of a script_redirect: where it leads, absolute
};

/// Judges a page that came with status 200. `html` is UTF-8, `extracted` what extract_article made of it, `asked_url`
/// the address that the source named, `final_url` the one behind all redirects. In doubt it is an article: articles
/// about cookies, robots or passwords are told by their length, date and authors. Pages with much text cost next to
/// nothing. Pure, linear time; any thread.
PageVerdict judge_page(std::string_view html, const Article& extracted, std::string_view asked_url,
                       std::string_view final_url);

/// "consent", "robot_check", …: for tests and logs.
std::string_view page_kind_name(PageKind kind) noexcept;

}  // namespace pw::extract
