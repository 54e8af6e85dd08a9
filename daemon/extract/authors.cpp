#include "core/text.hpp"
#include "extract/fields.hpp"
#include "extract/words.hpp"

#include <algorithm>
#include <array>

namespace pw::extract {
namespace {

using parse::NodeIndex;

constexpr std::array<std::string_view, 24> kBefore{"by ",      "by: ",      "von ",   "von: ",       "par ",
                                                   "par: ",    "por ",      "por: ",  "di ",         "a cura di ",
                                                   "door ",    "av ",       "af ",    "autor: ",     "autora: ",
                                                   "author: ", "authors: ", "text: ", "written by ", "posted by ",
                                                   "автор: ",  "автор ",    "oleh ",  "tekst: "};

constexpr std::array<std::string_view, 9> kBetween{" and ", " und ", " et ", " y ", " e ",
                                                   " og ",  " och ", " en ", " & "};

std::size_t count_words(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count(text, ' ')) + (text.empty() ? 0 : 1);
}

bool is_name(std::string_view text) {
  if (text.size() < 3 || text.size() > 70 || count_words(text) > 6) return false;
  if (text.find("http") != std::string_view::npos || text.find("www.") != std::string_view::npos) return false;
  if (text.find('@') != std::string_view::npos || text.find('{') != std::string_view::npos) return false;
  if (std::ranges::any_of(text, [](char c) { return c >= '0' && c <= '9'; })) return false;
  const std::string lower = ascii_lower(text);
  for (const std::string_view word :
       {"admin", "administrator", "editor", "null", "undefined", "unknown", "author", "staff", "guest", "anonymous"})
    if (lower == word) return false;
  return true;
}

std::string_view without_before(std::string_view text) {
  for (bool again = true; again;) {
    again = false;
    const std::string lower = lower_words(utf8_prefix(text, 40));
    for (const std::string_view before : kBefore) {
      if (lower.starts_with(before) && text.size() > before.size()) {
        text = trim(text.substr(before.size()));
        again = true;
        break;
      }
    }
  }
  return text;
}

void add_unique(std::vector<std::string>& names, std::string name) {
  const std::string lower = lower_words(name);
  if (std::ranges::none_of(names, [&](const std::string& n) { return lower_words(n) == lower; }))
    names.push_back(std::move(name));
}

/// Names in visible markup: rel=author, itemprop=author, byline classes.
std::vector<std::string> visible_authors(const Page& page) {
  std::vector<std::string> by_rel;
  std::vector<std::string> by_class;
  ClassWords words;
  const parse::Document& document = page.document;
  for (NodeIndex i = 0; i < document.size(); ++i) {
    if (!document[i].is_element() || document[i].attribute_count == 0 || page.text_weight(i) > 120) continue;
    const bool rel = document.attribute(i, "rel") == "author";
    const bool item = document.attribute(i, "itemprop").find("author") != std::string_view::npos;
    if (rel || item) {
      if (by_rel.size() < 8)
        for (std::string& name : names_in(page.text_below(i))) add_unique(by_rel, std::move(name));
      continue;
    }
    if (!by_class.empty()) continue;
    bool author = false;
    bool other = false;
    for (const std::string& word : words.split(document.attribute(i, "class"))) {
      author =
          author || word == "byline" || word == "author" || word == "authors" || word == "autor" || word == "auteur";
      other = other || word == "comment" || word == "bio" || word == "date" || word == "related" || word == "image";
    }
    if (author && !other) by_class = names_in(page.text_below(i));
  }
  return by_rel.empty() ? by_class : by_rel;
}

}  // namespace

std::vector<std::string> names_in(std::string_view byline) {
  std::string text = folded(byline);
  if (text.find("://") != std::string::npos) return {};
  for (const std::string_view between : kBetween)
    for (auto at = text.find(between); at != std::string::npos; at = text.find(between, at + 1))
      text.replace(at, between.size(), 1, ';');
  std::vector<std::string> names;
  for (std::size_t i = 0; i <= text.size();) {
    const std::size_t end = std::min(text.find_first_of(";,|/\n", i), text.size());
    std::string_view part = without_before(trim(std::string_view{text}.substr(i, end - i)));
    while (!part.empty() && (part.back() == '.' || part.back() == ':' || part.back() == '-')) part.remove_suffix(1);
    part = trim(part);
    if (is_name(part)) add_unique(names, std::string(part));
    i = end + 1;
  }
  return names;
}

std::vector<std::string> find_authors(const FieldSources& from, std::string_view site) {
  const auto clean = [&](std::vector<std::string> names) {
    std::erase_if(names, [&](const std::string& n) { return !site.empty() && ascii_iequals(n, site); });
    return names;
  };
  std::vector<std::string> names;
  for (const std::string& author : from.linked.authors)
    for (std::string& name : names_in(author)) add_unique(names, std::move(name));
  if (auto good = clean(names); !good.empty()) return good;
  names.clear();
  for (const std::string_view key : {"author", "article:author", "parsely-author", "dc.creator", "sailthru.author",
                                     "citation_author", "dcterms.creator", "byl", "og:article:author"}) {
    for (const std::string_view content : from.meta.all(key))
      for (std::string& name : names_in(content)) add_unique(names, std::move(name));
    if (auto good = clean(names); !good.empty()) return good;
    names.clear();
  }
  return clean(visible_authors(from.page));
}

}  // namespace pw::extract
