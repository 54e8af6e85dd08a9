#pragma once
/// Translates the search syntax of alert services, in which many people keep their alerts, to a watchlist query.

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace pw::watchlist {

/// Why a line could not be translated.
struct AlertProblem {
  std::size_t offset = 0;  ///< bytes from the start of the line
  std::string message;     ///< may quote the line
};

/// Adjacent words are all required; OR and | bind tighter than that, and AROUND(n) tighter still; - and NOT exclude;
/// "…" is a phrase; site:, intitle:, allintitle:, intext:, allintext: and inurl: restrict the search. Words that would
/// be operators in our language are quoted. Syntax without a meaning for articles (filetype:, before:, *, ~) is
/// reported as a problem, never dropped. Pure; any thread.
std::variant<std::string, AlertProblem> translate_alert(std::string_view line);

}  // namespace pw::watchlist
