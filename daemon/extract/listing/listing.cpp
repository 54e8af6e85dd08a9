#include "extract/listing/listing.hpp"

#include "core/text.hpp"
#include "extract/base_url.hpp"
#include "extract/listing/listing_selector.hpp"
#include "extract/page.hpp"
#include "html/dom/html_tags.hpp"
#include "text/url/url.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace pw::extract {
namespace {

using html::Document;
using html::NodeIndex;
using html::Tag;

constexpr std::size_t kMinLinks = 3;
constexpr std::size_t kMaxCounted = 30;  // longer lists do not score higher
constexpr double kHeadlineBytes = 45;

struct Candidate {
  NodeIndex anchor;
  ListingLink link;
  std::string key;  ///< article key of the target page
};

struct Group {
  std::vector<Candidate> links;
  std::vector<std::string> classes;  ///< of the container
  bool heading = false;              ///< the links are in headings, list items or articles
};

bool is_chrome(Tag tag) { return tag == Tag::nav || tag == Tag::footer || tag == Tag::aside || tag == Tag::form; }

bool is_heading(Tag tag) {
  return tag == Tag::h1 || tag == Tag::h2 || tag == Tag::h3 || tag == Tag::h4 || tag == Tag::article;
}

std::string text_below(const Document& page, NodeIndex node) {
  std::string out;
  for (NodeIndex i = node; i < page[node].end; ++i) {
    if (!page[i].is_element()) {
      append_folded(out, page[i].text);
    } else if (html::is_unshown_tag(page[i].tag)) {
      i = page[i].end - 1;
    }
  }
  return std::string(trim(out));
}

/// The names of the elements from a link up to the body; "" for a link in navigation, header or footer.
std::string path_of(const Document& page, NodeIndex anchor, bool& heading) {
  std::string out;
  for (NodeIndex node = anchor; node != html::kNoNode; node = page[node].parent) {
    const html::Node& element = page[node];
    if (is_chrome(element.tag) || page.attribute(node, "role") == "navigation") return "";
    heading = heading || is_heading(element.tag);
    if (element.tag == Tag::body) break;
    out += page.name(node);
    out += ' ';
  }
  return out;
}

/// Links to other pages of the same site.
std::vector<Candidate> find_candidates(const Document& page, std::string_view url) {
  std::vector<Candidate> out;
  const auto own = text::parse_url(url);
  const std::string site = own ? text::registrable_site(own->host()) : "";
  const std::string base = base_url(page, url);
  const std::string own_key = text::article_key(url);
  for (NodeIndex node = 0; node < page.size(); ++node) {
    if (!page[node].is_element() || page[node].tag != Tag::a) continue;
    const std::string target = text::resolve_url(trim(page.attribute(node, "href")), base);
    const auto parsed = text::parse_url(target);
    if (!parsed || !parsed->is_web() || (parsed->path() == "/" && !parsed->has_query())) continue;
    if (!site.empty() && text::registrable_site(parsed->host()) != site) continue;
    std::string key = text::article_key(target);
    std::string text = text_below(page, node);
    if (key != own_key && !text.empty()) out.push_back({node, {target, std::move(text)}, std::move(key)});
  }
  return out;
}

/// Elements with links to at least kMinLinks pages.
std::set<NodeIndex> find_containers(const Document& page, const std::vector<Candidate>& links) {
  std::map<NodeIndex, std::set<std::string_view>> below;
  std::set<NodeIndex> out;
  for (const Candidate& one : links) {
    for (NodeIndex node = page[one.anchor].parent; node != html::kNoNode && !out.contains(node);
         node = page[node].parent) {
      auto& urls = below[node];
      urls.insert(one.key);
      if (urls.size() >= kMinLinks) out.insert(node);
    }
  }
  return out;
}

bool share_one(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  if (a.empty() && b.empty()) return true;
  return std::ranges::any_of(a, [&](const std::string& one) { return std::ranges::find(b, one) != b.end(); });
}

/// Groups links with similar paths, in the same container or in containers that share a class.
std::vector<Group> group_links(const Document& page, std::vector<Candidate> links) {
  const std::set<NodeIndex> containers = find_containers(page, links);
  std::map<std::string, std::vector<Group>> by_path;
  for (Candidate& one : links) {
    bool heading = false;
    const std::string path = path_of(page, one.anchor, heading);
    NodeIndex container = page[one.anchor].parent;
    while (container != html::kNoNode && !containers.contains(container)) container = page[container].parent;
    if (path.empty() || container == html::kNoNode) continue;
    const std::vector<std::string> classes = stable_classes(page, container);
    std::vector<Group>& groups = by_path[path];
    auto found = std::ranges::find_if(groups, [&](const Group& group) { return share_one(group.classes, classes); });
    if (found == groups.end()) found = groups.insert(groups.end(), Group{{}, classes, heading});
    found->links.push_back(std::move(one));
  }
  std::vector<Group> out;
  for (auto& [path, groups] : by_path) std::ranges::move(groups, std::back_inserter(out));
  return out;
}

/// Favours many links, long and distinct texts, and distinct targets.
double score_of(const Group& group) {
  std::set<std::string_view> urls;
  std::set<std::string_view> texts;
  double bytes = 0;
  for (const Candidate& one : group.links) {
    urls.insert(one.key);
    if (texts.insert(one.link.text).second)
      bytes += static_cast<double>(std::min<std::size_t>(one.link.text.size(), 200));
  }
  if (urls.size() < kMinLinks || texts.size() < kMinLinks) return 0;
  const double mean = bytes / static_cast<double>(texts.size());
  const double length = std::min(mean / kHeadlineBytes, 1.5);
  const double unlike = static_cast<double>(texts.size()) / static_cast<double>(group.links.size());
  return static_cast<double>(std::min(urls.size(), kMaxCounted)) * length * length * unlike *
         (group.heading ? 1.5 : 1.0);
}

}  // namespace

std::vector<Listing> find_listings(const Document& page, std::string_view url, std::size_t most) {
  std::vector<std::pair<double, const Group*>> ranked;
  const std::vector<Group> groups = group_links(page, find_candidates(page, url));
  for (const Group& group : groups) {
    const double score = score_of(group);
    if (score > 0) ranked.emplace_back(score, &group);
  }
  std::ranges::stable_sort(ranked, std::ranges::greater{}, &std::pair<double, const Group*>::first);
  std::vector<Listing> out;
  for (const auto& [score, group] : ranked) {
    if (out.size() == most) break;
    std::vector<NodeIndex> anchors;
    Listing listing{"", {}, score};
    std::set<std::string_view> seen;
    for (const Candidate& one : group->links) {
      anchors.push_back(one.anchor);
      if (seen.insert(one.key).second) listing.links.push_back(one.link);
    }
    listing.selector = selector_of(page, anchors);
    if (!listing.selector.empty()) out.push_back(std::move(listing));
  }
  return out;
}

}  // namespace pw::extract
