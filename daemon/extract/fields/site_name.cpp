#include "extract/fields/site_name.hpp"

#include "core/text.hpp"
#include "extract/phrases.hpp"
#include "text/url/url.hpp"

#include <algorithm>
#include <array>

namespace pw::extract {
namespace {

using html::NodeIndex;
using html::Tag;

constexpr std::array<std::string_view, 12> kSeparators{" | ", " - ", " – ", " — ", " :: ", " · ",
                                                       " • ", " » ", " « ", " / ", " ‹ ",  "｜"};

bool is_punctuation(char32_t c) {
  if (c < 0x80) return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
  return (c < 0xC0 && c != 0xAA && c != 0xB5 && c != 0xBA) || (c >= 0x2000 && c <= 0x206F) ||
         (c >= 0x2E00 && c <= 0x2E7F) || (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFF0F) ||
         (c >= 0xFF1A && c <= 0xFF20);
}

/// The text of the link to the site's front page: rel=home, or a heading that consists only of such a link.
std::string front_page_name(const FieldSources& from) {
  const html::Document& document = from.page.document;
  for (NodeIndex i = 0; i < document.size(); ++i) {
    if (!document[i].is_element() || document[i].tag != Tag::a) continue;
    const NodeIndex parent = document[i].parent;
    bool home = ascii_iequals(document.attribute(i, "rel"), "home");
    if (!home && document[parent].tag == Tag::h1) {
      const auto target = text::parse_url(text::resolve_url(document.attribute(i, "href"), from.base));
      home = target && target->path() == "/" && !target->has_query() &&
             from.page.text_weight(parent) == from.page.text_weight(i);
    }
    if (!home) continue;
    if (std::string name = from.page.text_below(i); name.size() > 2 && name.size() <= 100) return name;
  }
  return {};
}

/// "ers" for "Economic Research Service".
std::string initials(std::string_view text) {
  std::string out;
  bool inside = false;
  for (const char c : text) {
    const bool letter = !is_ascii_space(c) && c != '-';
    if (letter && !inside && c >= 'A' && c <= 'Z') out.push_back(ascii_lower(c));
    inside = letter;
  }
  return out;
}

}  // namespace

std::string letters_of(std::string_view text) {
  const std::string lower = lower_words(text);
  std::string out;
  out.reserve(lower.size());
  for (std::size_t i = 0; i < lower.size();) {
    const std::size_t start = i;
    if (!is_punctuation(next_code_point(lower, i))) out.append(lower, start, i - start);
  }
  return out;
}

SiteName::SiteName(const FieldSources& from, std::string_view site) {
  for (const std::string& name : {std::string(site), from.linked.publisher, front_page_name(from)})
    if (std::string letters = letters_of(name); letters.size() > 1) names_.push_back(std::move(letters));
  for (const std::string_view section : {from.meta.first({"article:section"}), std::string_view{from.linked.section}})
    if (std::string letters = letters_of(section); !letters.empty()) sections_.push_back(std::move(letters));
  const auto url = text::parse_url(from.url);
  if (!url) return;
  host_ = letters_of(url->host());
  const std::string& host = url->host();
  for (std::size_t i = 0; i < host.size();) {
    const std::size_t end = std::min(host.find('.', i), host.size());
    host_labels_.push_back(letters_of(std::string_view{host}.substr(i, end - i)));
    i = end + 1;
  }
}

bool SiteName::names_host(std::string_view part, std::string_view letters) const {
  if (letters.size() > 2 && host_.find(letters) != std::string::npos) return true;
  const std::string first = initials(part);
  return first.size() > 2 && std::ranges::find(host_labels_, first) != host_labels_.end();
}

bool SiteName::is(std::string_view text) const {
  const std::string letters = letters_of(text);
  return letters.empty() || std::ranges::find(names_, letters) != names_.end();
}

bool SiteName::names(std::string_view part) const {
  const std::string letters = letters_of(part);
  if (letters.empty()) return true;
  for (const std::string& name : names_) {
    const bool with_addition = name.size() > 4 && letters.starts_with(name) && letters.size() < name.size() * 3;
    if (letters == name || with_addition || (letters.size() > 3 && name.starts_with(letters))) return true;
  }
  if (names_host(part, letters)) return true;
  return letters.size() > 6 && letters.starts_with("the") && names_host(part, letters.substr(3));
}

std::string SiteName::without(std::string_view title, bool guess) const {
  const auto names_section = [&](std::string_view part) {
    return std::ranges::find(sections_, letters_of(part)) != sections_.end();
  };
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view separator : kSeparators) {
      const auto last = title.rfind(separator);
      if (last == std::string_view::npos || last == 0) continue;
      const std::string_view tail = title.substr(last + separator.size());
      const std::string_view head = title.substr(0, title.find(separator));
      const bool guessed = guess && separator != " - " && separator != " / " && tail.size() < 30 && last > 25;
      if (names(tail) || names_section(tail) || guessed) {
        title = trim(title.substr(0, last));
        again = true;
        break;
      }
      if (names(head)) {
        title = trim(title.substr(head.size() + separator.size()));
        again = true;
        break;
      }
    }
  }
  return std::string(title);
}

}  // namespace pw::extract
