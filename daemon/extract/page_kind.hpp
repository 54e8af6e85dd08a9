#pragma once
/// Recognises pages delivered instead of the article: consent forms, robot checks, "not found" with status 200, and the
/// like.

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
  script_only,      ///< shows nothing without JavaScript
  script_redirect,  ///< a script that only redirects
  front_page,
  unavailable,  ///< maintenance, or blocked in our country
  paywall,      ///< only the beginning of the article; its text is usable
};

struct PageVerdict {
  PageKind kind = PageKind::article;
  std::string_view reason;  ///< for people: "a consent form"; static; empty for an article
  std::string target;       ///< the absolute target of a script_redirect
};

/// Classifies a page that was delivered with status 200. `html` is UTF-8, `extracted` the result of extract_article,
/// `asked_url` the URL that was requested, `final_url` the URL after all redirects. In doubt, a page is an article:
/// articles about cookies, robots or passwords are recognised by their length, date and authors. Pages with much text
/// cost next to nothing. Pure, linear time; any thread.
PageVerdict judge_page(std::string_view html, const Article& extracted, std::string_view asked_url,
                       std::string_view final_url);

/// "consent", "robot_check", …, for tests and logs.
std::string_view page_kind_name(PageKind kind) noexcept;

}  // namespace pw::extract
