#include "extract/fields/visible_authors.hpp"

#include "core/text.hpp"
#include "extract/body/class_words.hpp"
#include "extract/fields/names.hpp"
#include "extract/fields/vicinity.hpp"
#include "html/dom/html_tags.hpp"

#include <algorithm>
#include <array>

namespace pw::extract {
namespace {

using html::NodeIndex;
using html::Tag;

constexpr std::uint32_t kMaxWeight = 150;  ///< maximum length of a byline, in characters
constexpr NodeIndex kNeighbourhood = 40;   ///< maximum number of nodes between authors of the same byline
constexpr NodeIndex kMaxDistance = 400;    ///< maximum number of nodes between byline and text

/// Stems of class words that mark authors. Checked before a class is split into words.
constexpr std::array<std::string_view, 8> kStems{"author", "byline",  "autor",  "auteur",
                                                 "writer", "creator", "redakt", "journalist"};

constexpr std::size_t kLongestWord = 13;  ///< of those below and of the segments of paths

bool is_author_word(std::string_view word) {
  constexpr std::array<std::string_view, 27> kWords{
      "byline",     "bylines",     "author",   "authors",       "authorname", "authorline",  "authorlink",
      "autor",      "autores",     "autoren",  "autorin",       "auteur",     "auteurs",     "autore",
      "autori",     "writer",      "writers",  "creator",       "redakteur",  "redakteure",  "redaktor",
      "journalist", "journalists", "authored", "articleauthor", "postauthor", "bylineauthor"};
  return std::ranges::find(kWords, word) != kWords.end();
}

bool has_token(std::string_view tokens, std::string_view wanted) {
  for (std::size_t i = 0; i < tokens.size();) {
    const std::size_t end = std::min(tokens.find(' ', i), tokens.size());
    if (ascii_iequals(tokens.substr(i, end - i), wanted)) return true;
    i = end + 1;
  }
  return false;
}

/// True for paths such as /author/ann-lee and /autoren/42/: a segment for authors, followed by another.
bool leads_to_author(std::string_view href) {
  const std::string_view path = href.substr(0, std::min<std::size_t>(href.find_first_of("?#"), 200));
  for (std::size_t i = path.find('/'); i != std::string_view::npos; i = path.find('/', i + 1)) {
    const std::size_t end = path.find('/', i + 1);
    if (end == std::string_view::npos || end + 1 >= path.size()) return false;
    if (end - i - 1 > kLongestWord) continue;
    const std::string segment = ascii_lower(path.substr(i + 1, end - i - 1));
    if (is_author_word(segment) || segment == "profile" || segment == "profiles" || segment == "contributors" ||
        segment == "people" || segment == "staff" || segment == "producers")
      return true;
  }
  return false;
}

class BylineFinder {
 public:
  explicit BylineFinder(const FieldSources& from) : page_(from.page), document_(from.page.document), vicinity_(from) {}

  std::vector<std::string> run() {
    for (NodeIndex i = 0; i < document_.size(); ++i)
      if (document_[i].is_element() && document_[i].attribute_count > 0) look_at_element(i);
    for (const Block& block : page_.blocks) look_at_block(block);
    return nearest();
  }

 private:
  enum class Kind : std::uint8_t { full, single, login };
  struct Found {
    NodeIndex node;
    NodeIndex distance;
    Kind kind;
    std::vector<std::string> names;
  };

  static Kind kind_of(const std::string& name) {
    return is_full_name(name) ? Kind::full : is_login(name) ? Kind::login : Kind::single;
  }

  void add(NodeIndex node, std::vector<std::string> names, Kind least) {
    Kind best = Kind::login;
    for (const std::string& name : names) best = std::min(best, kind_of(name));
    std::erase_if(names, [&](const std::string& name) {
      return kind_of(name) != best || (best == Kind::single && name.find(' ') != std::string::npos);
    });
    if (best > least || names.empty() || names.size() > 8 || vicinity_.is_foreign(node)) return;
    found_.push_back({node, vicinity_.distance(node), best, std::move(names)});
  }

  bool is_marked(NodeIndex node) {
    for (const html::Attribute& attribute : document_.attributes(node)) {
      if (attribute.name == "rel" && has_token(attribute.value, "author")) return true;
      if (attribute.name == "itemprop" &&
          (has_token(attribute.value, "author") || has_token(attribute.value, "creator")))
        return true;
      if (attribute.name == "href" && document_[node].tag == Tag::a && leads_to_author(attribute.value)) return true;
      if ((attribute.name == "class" || attribute.name == "id") && contains_stem(attribute.value, kStems))
        for (const std::string& word : words_.split(attribute.value))
          if (is_author_word(word)) return true;
    }
    return false;
  }

  void look_at_element(NodeIndex node) {
    if (document_[node].tag == Tag::meta || document_[node].tag == Tag::html || document_[node].tag == Tag::body)
      return;
    if (vicinity_.distance(node) > kMaxDistance) return;
    const std::uint32_t weight = page_.text_weight(node);
    if (weight == 0 || weight > kMaxWeight || !is_marked(node)) return;
    const bool linked = has_token(document_.attribute(node, "rel"), "author");
    add(node, names_below(node), linked ? Kind::login : Kind::single);
  }

  /// The full names in the parts of an element. If there are none, the names found in its whole text.
  std::vector<std::string> names_below(NodeIndex node) {
    std::vector<std::string> parts;
    for (NodeIndex i = node; i < document_[node].end; ++i) {
      if (document_[i].is_element()) {
        if (html::is_unshown_tag(document_[i].tag)) i = document_[i].end - 1;
        continue;
      }
      for (std::string& name : names_in(document_[i].text))
        if (is_full_name(name)) add_name(parts, std::move(name));
    }
    return parts.empty() ? names_in(page_.text_below(node)) : parts;
  }

  void look_at_block(const Block& block) {
    if (block.weight > kMaxWeight || block.weight < 5 || vicinity_.distance(block.first) > kMaxDistance) return;
    const std::string text = page_.raw_text_of(block);
    const std::string_view byline = byline_of(text);
    if (begins_like_byline(byline)) add(block.first, names_in(byline), Kind::full);
  }

  std::vector<std::string> nearest() {
    const auto best = std::ranges::min_element(found_, {}, [](const Found& f) {
      return std::pair{f.kind, f.distance};
    });
    if (best == found_.end()) return {};
    std::vector<std::string> names;
    for (const Found& f : found_) {
      const NodeIndex apart = f.node > best->node ? f.node - best->node : best->node - f.node;
      if (apart > kNeighbourhood || f.kind != best->kind) continue;
      for (const std::string& name : f.names) add_name(names, name);
    }
    return names;
  }

  const Page& page_;
  const html::Document& document_;
  Vicinity vicinity_;
  ClassWords words_;
  std::vector<Found> found_;
};

}  // namespace

std::vector<std::string> visible_authors(const FieldSources& from) { return BylineFinder{from}.run(); }

}  // namespace pw::extract
