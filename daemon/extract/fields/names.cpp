#include "extract/fields/names.hpp"

#include "core/text.hpp"
#include "extract/page.hpp"
#include "extract/phrases.hpp"
#include "text/markup/entities.hpp"

#include <algorithm>
#include <array>

namespace pw::extract {
namespace {

/// Phrases before names, complete and in lower case.
constexpr std::array<std::string_view, 53> kBefore{"by",
                                                   "von",
                                                   "par",
                                                   "por",
                                                   "di",
                                                   "da",
                                                   "a cura di",
                                                   "door",
                                                   "av",
                                                   "af",
                                                   "autor",
                                                   "autora",
                                                   "autoren",
                                                   "author",
                                                   "authors",
                                                   "auteur",
                                                   "autore",
                                                   "text",
                                                   "texto",
                                                   "texte",
                                                   "testo",
                                                   "tekst",
                                                   "redaktion",
                                                   "written by",
                                                   "posted by",
                                                   "published by",
                                                   "reviewed by",
                                                   "recipe by",
                                                   "story by",
                                                   "words by",
                                                   "article by",
                                                   "interview",
                                                   "автор",
                                                   "текст",
                                                   "yazar",
                                                   "yazan",
                                                   "napsal",
                                                   "opracowanie",
                                                   "erstellt von",
                                                   "verfasst von",
                                                   "geschrieben von",
                                                   "veröffentlicht von",
                                                   "artikel von",
                                                   "ein artikel von",
                                                   "beitrag von",
                                                   "ein beitrag von",
                                                   "publié par",
                                                   "écrit par",
                                                   "rédigé par",
                                                   "escrito por",
                                                   "publicado por",
                                                   "scritto da",
                                                   "skrevet av"};

constexpr std::array<std::string_view, 11> kBetween{" and ", " und ", " et ", " y ", " e ",   " og ",
                                                    " och ", " en ",  " & ",  " i ", " und: "};

/// Separators between a name and other text.
constexpr std::array<std::string_view, 9> kApart{" - ", " – ", " — ", "·", "•", "⋅", "|", "│", " @"};

/// Particles inside names, in lower case.
constexpr std::array<std::string_view, 30> kParticles{
    "von", "van", "de",  "der", "den", "del", "della", "di",  "da",  "do", "dos", "das", "du", "la", "le",
    "el",  "al",  "bin", "ibn", "ter", "ten", "zu",    "zur", "und", "y",  "e",   "i",   "af", "av", "ben"};

/// Words that never occur in names, but in bylines, buttons and boxes around them.
constexpr std::array<std::string_view, 98> kNotNames{
    "the",       "author",      "authors",  "by",       "written",   "posted",     "published", "about",
    "all",       "articles",    "article",  "more",     "posts",     "post",       "view",      "profile",
    "share",     "follow",      "read",     "min",      "minutes",   "updated",    "comments",  "comment",
    "says",      "contact",     "news",     "today",    "subscribe", "newsletter", "home",      "print",
    "email",     "mail",        "from",     "with",     "for",       "and",        "in",        "on",
    "of",        "is",          "no",       "your",     "our",       "how",        "what",      "alle",
    "artikel",   "autor",       "mehr",     "über",     "uhr",       "keine",      "kommentar", "kommentare",
    "foto",      "photo",       "image",    "bild",     "quelle",    "source",     "credit",    "insights",
    "tags",      "übersetzung", "facebook", "twitter",  "whatsapp",  "linkedin",   "instagram", "telegram",
    "youtube",   "january",     "february", "march",    "april",     "june",       "july",      "august",
    "september", "october",     "november", "december", "januar",    "februar",    "märz",      "juni",
    "juli",      "oktober",     "dezember", "monday",   "tuesday",   "wednesday",  "thursday",  "friday",
    "saturday",  "sunday"};

/// Job titles, which are stripped from the end of a name.
constexpr std::array<std::string_view, 45> kRoles{
    "writer",       "editor",        "editors",         "reporter",     "correspondent",
    "journalist",   "contributor",   "columnist",       "redakteur",    "redakteurin",
    "redaktor",     "korrespondent", "korrespondentin", "journalistin", "staff",
    "senior",       "chief",         "managing",        "freelance",    "head",
    "director",     "co-founder",    "founder",         "ceo",          "cto",
    "contributing", "associate",     "producer",        "manager",      "analyst",
    "researcher",   "coordinator",   "strategist",      "specialist",   "strategy",
    "marketing",    "content",       "engineer",        "developer",    "officer",
    "executive",    "president",     "consultant",      "expert",       "department"};

template <std::size_t N>
bool has(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = std::min(text.find(' ', i), text.size());
    if (end > i) out.push_back(text.substr(i, end - i));
    i = end + 1;
  }
  return out;
}

/// Length of a kBefore phrase at the start of the text, or 0. Also accepts "ByAnn Lee", where only the style sheet adds
/// the space.
std::size_t length_of_before(std::string_view text) {
  const std::string lower = lower_words(utf8_prefix(text, 40));
  std::size_t longest = 0;
  for (const std::string_view before : kBefore) {
    if (before.size() <= longest || !lower.starts_with(before) || before.size() >= text.size()) continue;
    const char next = text[before.size()];
    const bool glued = next >= 'A' && next <= 'Z' && before.size() > 1 && text[before.size() - 1] >= 'a';
    if (next == ' ' || next == ':' || glued) longest = before.size();
  }
  return longest;
}

std::string_view without_before(std::string_view text) {
  for (std::size_t length = length_of_before(text); length > 0; length = length_of_before(text)) {
    text = trim(text.substr(length));
    while (!text.empty() && (text.front() == ':' || text.front() == ' ')) text.remove_prefix(1);
  }
  return has(kBefore, lower_words(text)) ? std::string_view{} : text;
}

/// "Ann Lee, Senior Editor" becomes "Ann Lee"; "Crier Staff" is kept.
std::string_view without_role(std::string_view text) {
  std::string_view name = text;
  while (true) {
    const auto last = name.rfind(' ');
    if (last == std::string_view::npos) return has(kRoles, lower_words(name)) ? std::string_view{} : text;
    if (!has(kRoles, lower_words(name.substr(last + 1)))) return name;
    name = trim(name.substr(0, last));
  }
}

/// Removes a trailing conjunction: "Ann Lee and", if what followed was not a name.
std::string_view without_joint(std::string_view text) {
  for (const std::string_view joint : kBetween)
    if (const auto end = joint.substr(0, joint.size() - 1); text.ends_with(end))
      return trim(text.substr(0, text.size() - end.size()));
  return text;
}

bool is_name(std::string_view text) {
  if (text.size() < 3 || text.size() > 70 || words_of(text).size() > 6) return false;
  if (text.find("http") != std::string_view::npos || text.find("www.") != std::string_view::npos) return false;
  if (text.find_first_of("@{}[]<>0123456789#=") != std::string_view::npos) return false;
  const std::string lower = lower_words(text);
  for (const std::string_view word : {"admin", "administrator", "editor", "null", "undefined", "unknown", "author",
                                      "staff", "guest", "anonymous", "none", "written by", "md", "phd", "jr"})
    if (lower == word) return false;
  return !has(kRoles, lower);
}

bool begins_like_name(std::string_view word) {
  std::size_t at = 0;
  while (at < word.size() && (word[at] == '"' || word[at] == '\'' || word[at] == '(')) ++at;
  if (at >= word.size()) return false;
  const auto first = static_cast<unsigned char>(word[at]);
  if (first < 0x80) return first >= 'A' && first <= 'Z';
  // Letters without case, and capitals, are kept as they are.
  std::size_t end = at;
  (void)next_code_point(word, end);
  const std::string_view letter = word.substr(at, end - at);
  if (letter == lower_words(letter)) {
    std::size_t begin = 0;
    const char32_t c = next_code_point(letter, begin);
    const bool cased = (c >= 0xDF && c <= 0x24F) || (c >= 0x3AC && c <= 0x3CE) || (c >= 0x430 && c <= 0x45F);
    return !cased && c >= 0xC0 && (c < 0x2000 || c > 0x206F);
  }
  return true;
}

/// "Ann Lee, Springfield": a single capitalised word after a full name that is not an agency.
bool is_place(std::string_view word) {
  const bool capitalized = word.size() > 2 && word[0] >= 'A' && word[0] <= 'Z' && word[1] >= 'a';
  const std::string lower = lower_words(word);
  return capitalized && word.find(' ') == std::string_view::npos && lower != "reuters" && lower != "bloomberg";
}

}  // namespace

void add_name(std::vector<std::string>& names, std::string name) {
  const std::string lower = lower_words(name);
  if (std::ranges::none_of(names, [&](const std::string& n) { return lower_words(n) == lower; }))
    names.push_back(std::move(name));
}

std::string_view byline_of(std::string_view text) {
  const auto digit = text.find_last_of("0123456789");
  if (digit != std::string_view::npos && begins_like_byline(trim(text.substr(digit + 1))))
    return trim(text.substr(digit + 1));
  return text;
}

bool begins_like_byline(std::string_view text) {
  const std::size_t length = length_of_before(text);
  return length > 0 && length < text.size();
}

bool is_full_name(std::string_view text) {
  const auto words = words_of(text);
  if (words.size() < 2 || words.size() > 5 || text.size() > 60) return false;
  std::size_t capitals = 0;
  for (const std::string_view word : words) {
    const std::string lower = lower_words(word);
    if (has(kNotNames, lower) || has(kRoles, lower)) return false;
    if (begins_like_name(word)) {
      ++capitals;
    } else if (!has(kParticles, lower) && !lower.starts_with("d'") && !lower.starts_with("al-")) {
      return false;
    }
  }
  return capitals >= 2;
}

bool is_login(std::string_view name) {
  return name.size() > 4 && name.find(' ') == std::string_view::npos && std::ranges::none_of(name, [](char c) {
           return (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
         });
}

std::vector<std::string> names_in(std::string_view byline) {
  std::string text = folded(byline);
  if (text.find("://") != std::string::npos) return {};
  if (text.find('&') != std::string::npos) text = text::decode_references(text);
  const auto cut_at = [&](std::string_view mark) {
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1))
      text.replace(at, mark.size(), 1, ';');
  };
  std::ranges::for_each(kBetween, cut_at);
  std::ranges::for_each(kApart, cut_at);
  std::vector<std::string> names;
  bool full = false;
  for (std::size_t i = 0; i <= text.size();) {
    const std::size_t end = std::min(text.find_first_of(";,/\n", i), text.size());
    std::string_view part = without_before(byline_of(trim(std::string_view{text}.substr(i, end - i))));
    while (!part.empty() && std::string_view{".:-*("}.find(part.back()) != std::string_view::npos)
      part.remove_suffix(1);
    part = without_role(without_joint(trim(part)));
    const bool behind_comma = i > 0 && text[i - 1] == ',';
    if (is_name(part) && !(full && behind_comma && is_place(part))) {
      full = full || part.find(' ') != std::string_view::npos;
      add_name(names, std::string(part));
    }
    i = end + 1;
  }
  return names;
}

}  // namespace pw::extract
