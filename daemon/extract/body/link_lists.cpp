#include "core/text.hpp"
#include "extract/body/body.hpp"
#include "html/dom/html_tags.hpp"

namespace pw::extract {
namespace {

using html::NodeIndex;
using html::Tag;

/// Drops lists and tables that consist mostly of links.
void drop_lists(Page& page, NodeIndex container) {
  for (NodeIndex i = container + 1; i < page.document[container].end; ++i) {
    const Tag tag = page.document[i].tag;
    if (!page.document[i].is_element() || page.rules[i] != Rule::kept) continue;
    if (tag != Tag::ul && tag != Tag::ol && tag != Tag::table && tag != Tag::div && tag != Tag::section &&
        tag != Tag::article && tag != Tag::dl)
      continue;
    const std::uint32_t text = page.text_weight(i);
    const std::uint32_t link = page.link_weight(i);
    const bool spared = page.good_mass(i) * 4 > page.good_mass(container);
    if (text > 0 && link * 100 > text * 60 && page.good_mass(i) * 3 < text && !spared)
      page.drop(i, Rule::link_list, html::tag_name(tag));
  }
}

/// The host of a URL: "crier.example" for "//www.crier.example/town"; "" if it has none.
std::string_view host_of(std::string_view address) {
  const std::size_t slashes = address.find("//");
  if (slashes == std::string_view::npos || address.substr(0, slashes).find_first_of("?#/") != std::string_view::npos)
    return {};
  address.remove_prefix(slashes + 2);
  address = address.substr(0, address.find_first_of("/?#:"));
  return address.starts_with("www.") ? address.substr(4) : address;
}

/// The target of a heading's link, which may be inside or around the heading.
std::string_view address_of(const html::Document& document, NodeIndex heading) {
  for (NodeIndex i = heading; i < document[heading].end; ++i)
    if (document[i].is_element() && document[i].tag == Tag::a) return document.attribute(i, "href");
  for (NodeIndex i = heading; i != html::kNoNode; i = document[i].parent)
    if (document[i].tag == Tag::a) return document.attribute(i, "href");
  return {};
}

bool leads_inside(std::string_view address, std::string_view host) {
  const std::string_view to = host_of(address);
  return to.empty() || host.empty() || ascii_iequals(to, host);
}

/// True for a teaser of another page: a heading that is a link, followed by at most a few lines.
bool is_card(const Page& page, NodeIndex node, std::string_view host) {
  const std::uint32_t text = page.text_weight(node);
  if (text < 15 || text > 450) return false;
  bool article = false;
  for (NodeIndex i = node; i < page.document[node].end; ++i) {
    article = article || (page.document[i].is_element() && page.document[i].tag == Tag::article);
    if (!page.document[i].is_element() || !html::is_heading_tag(page.document[i].tag)) continue;
    const std::uint32_t heading = page.text_weight(i);
    if (heading > 0)
      return heading >= 12 && page.link_weight(i) * 10 > heading * 8 &&
             (article || leads_inside(address_of(page.document, i), host));
  }
  return false;
}

/// Three or more adjacent cards are a list of other pages.
void drop_cards(Page& page, NodeIndex container, std::string_view host) {
  std::vector<NodeIndex> cards;
  for (NodeIndex i = container; i < page.document[container].end; ++i) {
    if (!page.document[i].is_element() || page.rules[i] != Rule::kept || page.document[i].first_child == html::kNoNode)
      continue;
    cards.clear();
    std::uint64_t mass = 0;
    for (NodeIndex child = page.document[i].first_child; child != html::kNoNode;
         child = page.document[child].next_sibling) {
      if (!page.document[child].is_element() || html::is_heading_tag(page.document[child].tag)) continue;
      if (is_card(page, child, host)) {
        cards.push_back(child);
        mass += page.good_mass(child);
      }
    }
    if (cards.size() < 3 || mass * 100 > page.good_mass(container) * 70ULL) continue;
    for (const NodeIndex card : cards) page.drop(card, Rule::link_list, "cards");
  }
}

}  // namespace

void drop_link_lists(Page& page, NodeIndex container, std::string_view url) {
  drop_lists(page, container);
  drop_cards(page, container, host_of(url));
}

}  // namespace pw::extract
