#include "extract/body/body.hpp"
#include "extract/body/class_words.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace pw::extract {
namespace {

using html::kNoNode;
using html::NodeIndex;
using html::Tag;

enum Kind : std::size_t { item_body, body_class, article_element, main_element, kinds };

/// The node of a kind with the most text, and statistics about all nodes of that kind.
struct Best {
  NodeIndex node = kNoNode;
  std::uint32_t mass = 0;
  NodeIndex last = kNoNode;    ///< the outermost node seen last
  NodeIndex common = kNoNode;  ///< nearest common ancestor of all outermost nodes
  std::uint32_t sum = 0;       ///< total mass of the outermost nodes
};

bool holds(const html::Document& document, NodeIndex outer, NodeIndex inner) {
  return outer <= inner && inner < document[outer].end;
}

/// Detects known names of article bodies in class names and ids. Caches the result for each distinct value.
class BodyNames {
 public:
  bool has(std::string_view names) {
    if (names.empty()) return false;
    const auto [found, fresh] = known_.try_emplace(names);
    if (fresh) found->second = judge(names);
    return found->second;
  }

 private:
  bool judge(std::string_view names) {
    for (std::size_t i = 0; i < names.size();) {
      const std::size_t end = std::min(names.find(' ', i), names.size());
      std::string joined;
      for (const std::string& word : words_.split(names.substr(i, end - i))) {
        if (!joined.empty()) joined += '-';
        joined += word;
      }
      if (is_body_name(joined)) return true;
      i = end + 1;
    }
    return false;
  }

  ClassWords words_;
  std::unordered_map<std::string_view, bool> known_;
};

/// Descends as long as a single child holds nearly all of the text.
NodeIndex descend(const Page& page, NodeIndex node) {
  for (;;) {
    NodeIndex next = kNoNode;
    for (NodeIndex child = page.document[node].first_child; child != kNoNode;
         child = page.document[child].next_sibling) {
      if (page.document[child].is_element() && page.good_mass(child) * 100ULL >= page.good_mass(node) * 97ULL &&
          page.plain_mass(child) * 100ULL >= page.plain_mass(node) * 80ULL) {
        next = child;
        break;
      }
    }
    if (next == kNoNode || page.document[next].tag == Tag::p || page.good_mass(next) == 0) return node;
    node = next;
  }
}

/// Some pages split the body at every picture or advertisement.
bool is_one_article_in_pieces(const Page& page, const Best& best) {
  if (best.common == kNoNode || best.mass * 10ULL >= best.sum * 9ULL) return false;
  if (page.good_mass(best.common) * 10ULL > best.sum * 13ULL) return false;
  int headlines = 0;
  for (NodeIndex i = best.common; i < page.document[best.common].end; ++i)
    headlines += page.document[i].is_element() && page.document[i].tag == Tag::h1 ? 1 : 0;
  return headlines <= 1;
}

}  // namespace

Container choose_container(const Page& page) {
  const html::Document& document = page.document;
  std::array<Best, kinds> best;
  const auto offer = [&](Kind kind, NodeIndex node) {
    const std::uint32_t mass = page.good_mass(node);
    Best& of = best[kind];
    if (mass > of.mass) of = {node, mass, of.last, of.common, of.sum};
    if (mass == 0 || (of.last != kNoNode && holds(document, of.last, node))) return;
    of.last = node;
    of.sum += mass;
    if (of.common == kNoNode) of.common = node;
    while (of.common != kNoNode && !holds(document, of.common, node)) of.common = document[of.common].parent;
  };
  BodyNames names;
  for (NodeIndex i = 0; i < document.size(); ++i) {
    if (!document[i].is_element() || page.rules[i] != Rule::kept) continue;
    if (document.attribute(i, "itemprop").find("articleBody") != std::string_view::npos) offer(item_body, i);
    if (names.has(document.attribute(i, "class")) || names.has(document.attribute(i, "id"))) offer(body_class, i);
    if (document[i].tag == Tag::article) offer(article_element, i);
    if (document[i].tag == Tag::main || document.attribute(i, "role") == "main") offer(main_element, i);
  }
  const std::uint64_t total = page.total_mass();
  if (page.is_off(Rule::outside) && document.size() > 0) return {0, "page"};
  constexpr std::array<std::string_view, kinds> kMethods{"itemprop", "body-class", "article", "main"};
  constexpr std::array<std::uint32_t, kinds> kShare{40, 45, 55, 60};
  for (std::size_t kind = 0; kind < kinds; ++kind) {
    if (kind <= body_class && is_one_article_in_pieces(page, best[kind]) &&
        page.good_mass(best[kind].common) * 100ULL >= total * kShare[kind])
      return {best[kind].common, kMethods[kind]};
    if (best[kind].mass > 0 && best[kind].mass * 100ULL >= total * kShare[kind])
      return {descend(page, best[kind].node), kMethods[kind]};
  }
  if (document.size() == 0) return {};
  return {descend(page, 0), "descent"};
}

}  // namespace pw::extract
