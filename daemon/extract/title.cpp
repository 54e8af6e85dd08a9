#include "core/text.hpp"
#include "extract/fields.hpp"
#include "extract/words.hpp"
#include "parse/url.hpp"

#include <algorithm>
#include <array>

namespace pw::extract {
namespace {

using parse::NodeIndex;
using parse::Tag;

std::string letters_of(std::string_view text) {
  std::string out;
  for (const char c : lower_words(text))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80) out.push_back(c);
  return out;
}

constexpr std::array<std::string_view, 11> kSeparators{" | ", " - ", " – ", " — ", " :: ", " · ",
                                                       " • ", " » ", " / ", " ‹ ", "｜"};

/// Whether `part` of a title names the site: as the page says, or as the host reads.
bool names_site(std::string_view part, std::string_view site, std::string_view host) {
  const std::string letters = letters_of(part);
  if (letters.empty()) return true;
  const std::string known = letters_of(site);
  if (!known.empty() && (letters == known || (known.size() > 4 && letters.starts_with(known)) ||
                         (letters.size() > 3 && known.starts_with(letters))))
    return true;
  const std::string host_letters = letters_of(host);
  return letters.size() > 2 && host_letters.find(letters) != std::string::npos;
}

/// Takes the site's name, and sections between it and the headline, off the end or the beginning.
std::string without_site(std::string_view title, std::string_view site, std::string_view host, bool foreign_tail) {
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view separator : kSeparators) {
      const auto last = title.rfind(separator);
      if (last == std::string_view::npos || last == 0) continue;
      const std::string_view tail = title.substr(last + separator.size());
      const std::string_view head = title.substr(0, title.find(separator));
      if (names_site(tail, site, host) ||
          (foreign_tail && separator != " - " && separator != " / " && tail.size() < 30 && last > 25)) {
        title = trim(title.substr(0, last));
        again = true;
        break;
      }
      if (names_site(head, site, host) && head.size() < title.size()) {
        title = trim(title.substr(head.size() + separator.size()));
        again = true;
        break;
      }
    }
  }
  return std::string(title);
}

std::string host_of(std::string_view url) {
  const auto parsed = parse::parse_url(url);
  return parsed ? parsed->host() : std::string{};
}

/// The headline elements of the page, in document order.
std::vector<std::string> headings(const Page& page, Tag tag) {
  std::vector<std::string> out;
  for (NodeIndex i = 0; i < page.document.size() && out.size() < 20; ++i)
    if (page.document[i].is_element() && page.document[i].tag == tag && page.rules[i] != Rule::hidden)
      if (std::string text = page.text_below(i); text.size() > 3 && text.size() < 400) out.push_back(std::move(text));
  return out;
}

std::string title_element(const Page& page) {
  for (NodeIndex i = 0; i < page.document.size(); ++i)
    if (page.document[i].is_element() && page.document[i].tag == Tag::title) return page.text_below(i);
  return {};
}

}  // namespace

std::string find_site(const FieldSources& from) {
  std::string site = folded(from.meta.first({"og:site_name", "application-name", "twitter:app:name:iphone"}));
  if (site.empty()) site = from.linked.publisher;
  return site.size() <= 100 ? site : std::string{};
}

std::string find_title(const FieldSources& from, std::string_view site) {
  const std::string host = host_of(from.url);
  std::string og = without_site(
      folded(from.meta.first({"og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title"})), site, host,
      false);
  std::string element = without_site(title_element(from.page), site, host, true);
  std::string linked = without_site(from.linked.headline, site, host, false);
  const std::vector<std::string> h1 = headings(from.page, Tag::h1);
  const std::array<std::string, 3> stated{letters_of(og), letters_of(linked), letters_of(element)};
  // A headline that the page's metadata repeats is the title as readers see it.
  for (const std::string& heading : h1) {
    const std::string letters = letters_of(heading);
    if (letters.size() < 4) continue;
    for (const std::string& other : stated)
      if (letters == other) return heading;
  }
  if (h1.size() == 1 && h1[0].size() > 20 && !names_site(h1[0], site, host)) return h1[0];
  if (!linked.empty() && linked.size() > 15) return linked;
  if (!og.empty()) return og;
  for (const std::string& heading : h1)
    if (heading.size() > 15) return heading;
  if (!linked.empty()) return linked;
  if (!element.empty()) return element;
  return h1.empty() ? std::string{} : h1[0];
}

}  // namespace pw::extract
