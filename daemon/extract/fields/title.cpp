#include "core/text.hpp"
#include "extract/fields/fields.hpp"
#include "extract/fields/site_name.hpp"
#include "text/markup/entities.hpp"
#include "text/url/url.hpp"

#include <algorithm>
#include <array>

namespace pw::extract {
namespace {

using html::NodeIndex;
using html::Tag;

constexpr std::size_t kMaxHeadings = 30;
constexpr std::size_t kLongEnough = 12;  ///< letters; shorter texts are substrings of others by chance
constexpr std::size_t kHeadline = 20;    ///< letters; shorter texts name a topic rather than a story

/// Some pages escape their text twice.
std::string unescaped(std::string_view text) {
  return text.find('&') == std::string_view::npos ? std::string(text) : text::decode_references(text);
}

struct Candidate {
  std::string text;
  std::string letters;
};

struct Heading : Candidate {
  bool first_level = false;
  bool in_parts = false;  ///< made of several elements; the separator between them is missing
};

struct Headings {
  std::vector<Heading> all;
  std::string title_element;
};

bool in_parts(const html::Document& document, NodeIndex node) {
  for (NodeIndex i = node + 1; i < document[node].end; ++i)
    if (document[i].is_element() && document[i].end > i + 1 && document[i].end < document[node].end) return true;
  return false;
}

/// Headings of levels one to three, and elements marked as headline, in document order.
Headings find_headings(const Page& page, const SiteName& site) {
  Headings out;
  const html::Document& document = page.document;
  bool title_seen = false;
  for (NodeIndex i = 0; i < document.size(); ++i) {
    if (!document[i].is_element()) continue;
    const Tag tag = document[i].tag;
    if (tag == Tag::title && !std::exchange(title_seen, true)) out.title_element = page.text_below(i);
    const bool marked = document.attribute(i, "itemprop") == "headline";
    if (!marked && (tag < Tag::h1 || tag > Tag::h3)) continue;
    if (page.rules[i] == Rule::hidden || out.all.size() >= kMaxHeadings) continue;
    Heading heading;
    heading.text = unescaped(page.text_below(i));
    if (heading.text.size() < 4 || heading.text.size() > 400 || site.is(heading.text)) continue;
    heading.letters = letters_of(heading.text);
    heading.first_level = tag == Tag::h1;
    heading.in_parts = in_parts(document, i);
    out.all.push_back(std::move(heading));
  }
  return out;
}

bool contains(std::string_view whole, std::string_view part) {
  return part.size() >= kLongEnough && whole.find(part) != std::string_view::npos;
}

/// Words of at least four letters, as in letters_of, in order.
std::vector<std::string> long_words(std::string_view text) {
  std::vector<std::string> out;
  const auto is_joint = [](char c) { return is_ascii_space(c) || c == '-' || c == '_' || c == '.' || c == '/'; };
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && !is_joint(text[end])) ++end;
    if (std::string word = letters_of(text.substr(i, end - i)); word.size() > 3) out.push_back(std::move(word));
    i = end + 1;
  }
  return out;
}

/// True for two headlines of the same story: they share at least two words, and at least two fifths of the shorter
/// one's words.
bool is_kindred(const Candidate& a, const Candidate& b) {
  const auto first = long_words(a.text);
  const auto second = long_words(b.text);
  const auto shared = static_cast<std::size_t>(std::ranges::count_if(
      first, [&](const std::string& word) { return std::ranges::find(second, word) != second.end(); }));
  return shared >= 2 && shared * 5 >= std::min(first.size(), second.size()) * 2;
}

struct Stated {
  Candidate social;   ///< og:title and similar
  Candidate linked;   ///< headline from the JSON-LD
  Candidate element;  ///< the title element
};

/// Chooses the article's heading: the one repeated in the metadata, else one that shares words with it, else the only
/// one. nullptr if nothing identifies one.
const Heading* choose_heading(const std::vector<Heading>& headings, const Stated& stated) {
  const std::array<std::string_view, 3> known{stated.social.letters, stated.linked.letters, stated.element.letters};
  const auto first = [&](auto wanted) -> const Heading* {
    const auto found = std::ranges::find_if(headings, wanted);
    return found == headings.end() ? nullptr : &*found;
  };
  const auto repeats = [&](const Heading& h) { return std::ranges::find(known, h.letters) != known.end(); };
  const auto shares = [&](const Heading& h) {
    return std::ranges::any_of(known,
                               [&](std::string_view k) { return contains(k, h.letters) || contains(h.letters, k); });
  };
  const auto is_related = [&](const Heading& h) {
    return h.first_level && (is_kindred(h, stated.social) || is_kindred(h, stated.element));
  };
  if (const Heading* h = first([&](const Heading& x) { return x.first_level && repeats(x); })) return h;
  if (const Heading* h = first([&](const Heading& x) { return x.first_level && shares(x); })) return h;
  if (const Heading* h = first(repeats)) return h;
  if (const Heading* h = first(is_related)) return h;
  if (const Heading* h = first(shares)) return h;
  const auto is_first_level = [](const Heading& h) { return h.first_level; };
  if (std::ranges::count_if(headings, is_first_level) != 1) return nullptr;
  return first([](const Heading& h) { return h.first_level && h.letters.size() >= kLongEnough; });
}

std::size_t count_words(std::string_view text) { return static_cast<std::size_t>(std::ranges::count(text, ' ')) + 1; }

/// Chooses between two or three spellings of the same headline. In the page itself, adjacent parts may lack a
/// separator.
std::string best_spelling(const Heading& heading, const Stated& stated) {
  const bool social = stated.social.letters == heading.letters;
  const bool linked = stated.linked.letters == heading.letters;
  if (!social && !linked) return heading.text;
  const std::string& other = social ? stated.social.text : stated.linked.text;
  if (heading.in_parts || count_words(other) > count_words(heading.text)) return other;
  return social && linked && stated.social.text == stated.linked.text ? other : heading.text;
}

/// The words of a URL slug: the path segment with the most words, at least three.
std::vector<std::string> words_of_address(std::string_view url) {
  const auto parsed = text::parse_url(url);
  if (!parsed) return {};
  const std::string_view path = parsed->path();
  std::string_view best;
  std::ptrdiff_t most = 1;
  for (std::size_t i = 0; i < path.size();) {
    const std::size_t end = std::min(path.find('/', i), path.size());
    const std::string_view segment = path.substr(i, end - i);
    const auto joints = std::ranges::count_if(segment, [](char c) { return c == '-' || c == '_' || c == '.'; });
    if (joints > most) {
      best = segment;
      most = joints;
    }
    i = end + 1;
  }
  return long_words(best);
}

/// The share of a headline's words that the URL repeats in the same order. Words with non-ASCII letters are
/// transliterated in URLs and not counted.
double part_in_address(const Candidate& headline, const std::vector<std::string>& address) {
  std::vector<std::string> words = long_words(headline.text);
  std::erase_if(words, [](const std::string& word) {
    return std::ranges::any_of(word, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  });
  if (words.empty()) return 0;
  auto from = address.begin();
  std::size_t found = 0;
  for (const std::string& word : words) {
    const auto at = std::find(from, address.end(), word);
    if (at == address.end()) continue;
    ++found;
    from = at + 1;
  }
  return static_cast<double>(found) / static_cast<double>(words.size());
}

bool is_cut_off(std::string_view text) { return text.ends_with("…") || text.ends_with("..."); }

/// An attribute whose value contains an unescaped quotation mark ends there.
bool is_cut_at_quote(std::string_view text, std::string_view whole) {
  if (!whole.starts_with(text) || whole.size() <= text.size()) return false;
  const std::string_view rest = trim(whole.substr(text.size()));
  return rest.starts_with('"') || rest.starts_with('\'');
}

/// Of two versions of a headline, one with a kicker, section or suffix: the one without.
const Candidate* barer(const Candidate& a, const Candidate& b) {
  if (contains(a.letters, b.letters)) return is_cut_off(b.text) ? &a : &b;
  if (contains(b.letters, a.letters)) return is_cut_off(a.text) ? &b : &a;
  return nullptr;
}

}  // namespace

std::string find_site(const FieldSources& from) {
  std::string site = folded(from.meta.first({"og:site_name", "application-name", "twitter:app:name:iphone"}));
  if (site.empty()) site = from.linked.publisher;
  return site.size() <= 100 ? site : std::string{};
}

std::string find_title(const FieldSources& from, std::string_view site_name) {
  const SiteName site{from, site_name};
  const Headings headings = find_headings(from.page, site);
  const auto candidate = [&](std::string_view text, bool guess) {
    Candidate out;
    out.text = site.without(folded(unescaped(text)), guess);
    if (site.is(out.text)) out.text.clear();
    out.letters = letters_of(out.text);
    return out;
  };
  Stated stated;
  stated.social = candidate(
      from.meta.first({"og:title", "twitter:title", "dc.title", "dc:title", "parsely-title", "sailthru.title"}), false);
  stated.linked = candidate(from.linked.headline, false);
  stated.element = candidate(headings.title_element, true);
  const Heading* heading = choose_heading(headings.all, stated);
  if (is_cut_at_quote(stated.social.text, heading != nullptr ? heading->text : stated.element.text)) stated.social = {};
  const Candidate& best = !stated.social.text.empty()   ? stated.social
                          : !stated.linked.text.empty() ? stated.linked
                                                        : stated.element;
  if (heading == nullptr) return best.text;
  const std::vector<std::string> address = words_of_address(from.url);
  const auto in_address = [&](const Candidate& c) { return part_in_address(c, address); };
  constexpr double kClearly = 0.25;
  const Candidate& linked = stated.linked;
  const bool news = from.linked.is_news && !linked.letters.empty();
  if (best.letters == heading->letters) {
    // The original headline survives in the JSON-LD and the URL if the visible one was edited after publication.
    const bool original = news && linked.letters.size() >= kHeadline && barer(linked, *heading) == nullptr &&
                          in_address(linked) > in_address(*heading) + kClearly;
    return original ? linked.text : best_spelling(*heading, stated);
  }
  if (news && best.letters == linked.letters) return best.text;
  if (const Candidate* bare = barer(*heading, best))
    return bare == heading ? best_spelling(*heading, stated) : bare->text;
  if (best.text.empty() || linked.letters == heading->letters || barer(linked, *heading) != nullptr)
    return heading->text;
  if (news && linked.letters == stated.element.letters) return linked.text;
  const double preference = in_address(best) - in_address(*heading);
  if (preference > kClearly) return best.text;
  if (preference < -kClearly || &best == &stated.element) return heading->text;
  // On pages that are not news, og:title and title are often the same text, written for search engines.
  const bool for_engines = !news && best.letters == stated.element.letters && is_kindred(*heading, best);
  return for_engines ? heading->text : best.text;
}

}  // namespace pw::extract
