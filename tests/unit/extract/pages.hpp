#pragma once
/// Small invented pages for extraction tests.

#include <string>
#include <string_view>

namespace pw::extract::test {

inline constexpr std::string_view kFirst =
    "The town opened its new bridge on Friday, two years later than it had planned, and cars crossed it at once.";
inline constexpr std::string_view kSecond =
    "Engineers said that the river, which floods every spring, had delayed the work, but that the bridge was safe.";
inline constexpr std::string_view kThird =
    "The mayor thanked the builders, cut a ribbon and walked across, followed by some four hundred people.";

inline std::string paragraph(std::string_view text) { return "<p>" + std::string(text) + "</p>\n"; }
inline std::string story() { return paragraph(kFirst) + paragraph(kSecond) + paragraph(kThird); }
inline std::string story_text() {
  return std::string(kFirst) + '\n' + std::string(kSecond) + '\n' + std::string(kThird);
}
inline std::string page(std::string_view head, std::string_view body) {
  return "<!doctype html><html lang=\"en-GB\"><head>" + std::string(head) + "</head><body>" + std::string(body) +
         "</body></html>";
}

}  // namespace pw::extract::test
