#include "extract/listing/listing_selector.hpp"

#include "core/text.hpp"
#include "html/css/selector.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace pw::extract {
namespace {

using html::Document;
using html::NodeIndex;

constexpr std::size_t kLevels = 8;       // above the link
constexpr std::size_t kMaxPerLevel = 4;  // selectors per element
constexpr double kGoodEnough = 0.98;     // quality of a shorter selector, relative to the best

bool is_plain_name(std::string_view name) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  return !name.empty() && name.size() <= 40 && std::ranges::all_of(name, plain) &&
         !(name[0] >= '0' && name[0] <= '9') && name[0] != '-';
}

/// "post-48213", "css-1q2w3e": generated for one element or one build of the site.
bool is_generated(std::string_view name) {
  int digits = 0;
  for (const char c : name) digits += c >= '0' && c <= '9' ? 1 : 0;
  return digits >= 3 || (digits >= 2 && name.size() <= 8);
}

NodeIndex ancestor(const Document& page, NodeIndex node, std::size_t level) {
  for (; level > 0 && node != html::kNoNode; --level) node = page[node].parent;
  return node;
}

/// Selectors that match all elements of one level: by id, class or name.
std::vector<std::string> spellings(const Document& page, const std::vector<NodeIndex>& elements) {
  std::vector<std::string> out;
  const NodeIndex first = elements.front();
  const std::string name(page.name(first));
  const auto same = [&](NodeIndex other) { return other == first; };
  const std::string_view id = page.attribute(first, "id");
  if (std::ranges::all_of(elements, same) && is_plain_name(id) && !is_generated(id))
    out.push_back(fmt::format("#{}", id));
  std::vector<std::string> shared = stable_classes(page, first);
  for (const NodeIndex other : elements) {
    if (other == first) continue;
    const std::vector<std::string> its = stable_classes(page, other);
    std::erase_if(shared, [&](const std::string& one) { return std::ranges::find(its, one) == its.end(); });
  }
  for (const std::string& one : shared) {
    if (out.size() < kMaxPerLevel) out.push_back(fmt::format("{}.{}", name, one));
  }
  if (name != "div" && name != "span" && name != "a") out.push_back(name);
  return out;
}

struct Candidate {
  std::string css;
  double f1 = 0;
};

/// The harmonic mean of the selector's precision and recall. Links are counted as in the webpage plugin.
double quality(const Document& page, const std::string& css, const std::vector<NodeIndex>& anchors) {
  const auto compiled = html::Selector::compile(css);
  if (!compiled) return 0;
  std::vector<NodeIndex> found;
  for (const NodeIndex one : compiled->select(page)) {
    if (page[one].tag == html::Tag::a && !trim(page.attribute(one, "href")).empty()) found.push_back(one);
  }
  if (found.empty()) return 0;
  std::vector<NodeIndex> both;
  std::ranges::set_intersection(found, anchors, std::back_inserter(both));
  return 2.0 * static_cast<double>(both.size()) / static_cast<double>(found.size() + anchors.size());
}

}  // namespace

std::vector<std::string> stable_classes(const Document& page, NodeIndex element) {
  std::vector<std::string> out;
  std::string_view rest = page.attribute(element, "class");
  while (!(rest = trim(rest)).empty()) {
    const auto end = std::ranges::find_if(rest, is_ascii_space);
    const std::string_view name = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
    rest.remove_prefix(name.size());
    if (is_plain_name(name) && !is_generated(name)) out.emplace_back(name);
  }
  return out;
}

std::string selector_of(const Document& page, const std::vector<NodeIndex>& anchors) {
  std::vector<std::vector<std::string>> levels;
  for (std::size_t level = 0; level < kLevels; ++level) {
    std::vector<NodeIndex> elements;
    elements.reserve(anchors.size());
    for (const NodeIndex anchor : anchors) elements.push_back(ancestor(page, anchor, level));
    const NodeIndex first = elements.front();
    if (first == html::kNoNode || page[first].tag == html::Tag::body) break;
    const auto differs = [&](NodeIndex other) {
      return other == html::kNoNode || page.name(other) != page.name(first);
    };
    if (std::ranges::any_of(elements, differs)) break;
    levels.push_back(spellings(page, elements));
  }
  std::vector<Candidate> candidates;
  const auto add = [&](std::string css) {
    const double f1 = quality(page, css, anchors);
    candidates.push_back({std::move(css), f1});
  };
  for (const std::string& own : levels[0]) add(own);
  for (std::size_t low = 1; low < levels.size(); ++low) {
    for (const std::string& near : levels[low]) {
      add(near + " a");
      for (std::size_t high = low + 1; high < levels.size(); ++high) {
        for (const std::string& far : levels[high]) add(fmt::format("{} {} a", far, near));
      }
    }
  }
  for (std::size_t high = 1; high < levels.size(); ++high) {
    for (const std::string& far : levels[high]) {
      std::string chain;
      for (std::size_t level = high - 1; level > 0; --level) {
        chain += fmt::format(" > {}", page.name(ancestor(page, anchors.front(), level)));
      }
      add(fmt::format("{}{} > a", far, chain));
    }
  }
  if (candidates.empty()) return "";
  const double best = std::ranges::max_element(candidates, {}, &Candidate::f1)->f1;
  if (best < 0.5) return "";
  std::erase_if(candidates, [&](const Candidate& one) { return one.f1 < best * kGoodEnough; });
  // A class or id keeps working when the page gains another list. Of several selectors with one, the simplest wins.
  const auto rank = [](const Candidate& one) {
    return std::pair(one.css.find_first_of(".#") == std::string::npos, std::ranges::count(one.css, ' '));
  };
  return std::ranges::min_element(candidates, {}, rank)->css;
}

}  // namespace pw::extract
