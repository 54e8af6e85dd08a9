#pragma once
/// The search language of alert services, in which people keep their alerts, turned into a watchlist's query.

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace pw::watchlist {

struct AlertProblem {
  std::size_t offset = 0;  ///< bytes into the line
  std::string message;     ///< may quote the line
};

/// Words side by side must all be there; OR and | bind tighter than that, AROUND(n) tighter still; - and NOT exclude;
/// "…" is a phrase; site:, intitle:, allintitle:, intext:, allintext: and inurl: limit. Words that would be operators
/// of ours are quoted. What has no meaning for an article (filetype:, before:, *, ~) is a problem, never left out.
std::variant<std::string, AlertProblem> translate_alert(std::string_view line);

}  // namespace pw::watchlist
