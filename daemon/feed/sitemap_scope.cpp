#include "feed/sitemap_scope.hpp"

#include "core/text.hpp"

#include <algorithm>

namespace pw::feed {
namespace {

constexpr std::size_t kMaxBindings = 64;

std::string_view prefix_of(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? std::string_view{} : name.substr(0, colon);
}

bool is_protocol(std::string_view uri) {
  return uri.find("sitemaps.org/schemas/sitemap/") != std::string_view::npos ||
         uri.find("google.com/schemas/sitemap/") != std::string_view::npos;
}

}  // namespace

void SitemapScope::open(const text::SoupToken& token) {
  if (!token.self_closing) {
    for (Binding& one : bindings_) {
      if (one.element == token.name) ++one.inside;
    }
  }
  if (!token.self_closing && token.text.find("xmlns") != std::string_view::npos) {
    text::SoupAttributes walk(token.text);
    while (walk.next() && bindings_.size() < kMaxBindings) {
      if (walk.name == "xmlns") bindings_.push_back({token.name, {}, trim(walk.raw_value)});
      if (walk.name.starts_with("xmlns:")) bindings_.push_back({token.name, walk.name.substr(6), trim(walk.raw_value)});
    }
  }
  if (has_root_) return;
  has_root_ = true;
  root_prefix_ = prefix_of(token.name);
  for (const Binding& one : bindings_) {
    if (one.prefix == root_prefix_) root_uri_ = one.uri;
  }
}

void SitemapScope::close(std::string_view name) {
  std::erase_if(bindings_, [&](Binding& one) { return one.element == name && one.inside-- == 0; });
}

bool SitemapScope::is_own(std::string_view name) const {
  const std::string_view prefix = prefix_of(name);
  const auto bound =
      std::find_if(bindings_.rbegin(), bindings_.rend(), [&](const Binding& one) { return one.prefix == prefix; });
  if (bound == bindings_.rend()) return prefix.empty() || prefix == root_prefix_;
  return bound->uri == root_uri_ || is_protocol(bound->uri);
}

}  // namespace pw::feed
