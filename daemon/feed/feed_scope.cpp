#include "feed/feed_scope.hpp"

#include "core/text.hpp"
#include "text/markup/entities.hpp"
#include "text/markup/tag_soup.hpp"
#include "text/url/url.hpp"

namespace pw::feed {
namespace {

constexpr std::size_t kMaxBindings = 256;

std::string_view prefix_of(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? std::string_view{} : name.substr(0, colon);
}

std::size_t cache_slot(std::string_view name, std::size_t slots) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(name[i]); };
  const std::size_t n = name.size();
  return n == 0 ? 0 : (n * 31 + byte(0) * 7U + byte(n - 1) * 13U + byte(n / 2) * 3U) % slots;
}

}  // namespace

void FeedScope::declare(std::string_view attributes) {
  text::SoupAttributes walk(attributes);
  while (walk.next()) {
    if (!walk.name.starts_with("xml")) continue;
    if (walk.name == "xmlns") {
      bind({}, walk.raw_value);
    } else if (walk.name.starts_with("xmlns:")) {
      bind(walk.name.substr(6), walk.raw_value);
    } else if (walk.name == "xml:lang") {
      languages_.push_back({open_.size() + 1, std::string(trim(walk.raw_value))});
    } else if (walk.name == "xml:base") {
      const std::string reference = text::decode_references(trim(walk.raw_value));
      std::string base = text::resolve_url(reference, bases_.back().value);
      if (!base.empty()) bases_.push_back({open_.size() + 1, std::move(base)});
    }
  }
}

void FeedScope::bind(std::string_view prefix, std::string_view uri) {
  const FeedNs ns = feed_namespace(uri);
  if (bindings_.size() >= kMaxBindings) return;
  for (auto it = bindings_.rbegin(); it != bindings_.rend(); ++it) {
    if (it->prefix != prefix) continue;
    if (it->ns == ns) return;
    break;
  }
  bindings_.push_back({open_.size() + 1, prefix, ns});
  ++epoch_;
}

FeedNs FeedScope::namespace_of(std::string_view prefix) const {
  for (auto it = bindings_.rbegin(); it != bindings_.rend(); ++it) {
    if (it->prefix == prefix) return it->ns;
  }
  return prefix.empty() ? FeedNs::rss : feed_namespace_of_prefix(prefix);
}

FeedName FeedScope::resolve(std::string_view name) {
  Known& known = cache_[cache_slot(name, kCache)];
  if (known.epoch == epoch_ && known.name == name) return known.what;
  const FeedNs ns = namespace_of(prefix_of(name));
  known = {name, epoch_, {ns, feed_tag(ns, text::local_name(name))}};
  return known.what;
}

void FeedScope::adopt(std::string_view name, FeedNs ns) {
  const std::string_view prefix = prefix_of(name);
  ++epoch_;
  for (auto it = bindings_.rbegin(); it != bindings_.rend(); ++it) {
    if (it->prefix != prefix) continue;
    it->ns = ns;
    return;
  }
  bindings_.push_back({open_.size() + 1, prefix, ns});
}

void FeedScope::close() {
  drop_declarations(open_.size());
  open_.pop_back();
}

void FeedScope::drop_declarations(std::size_t depth) {
  while (bases_.back().depth >= depth) bases_.pop_back();
  while (languages_.back().depth >= depth) languages_.pop_back();
  while (!bindings_.empty() && bindings_.back().depth >= depth) {
    bindings_.pop_back();
    ++epoch_;
  }
}

}  // namespace pw::feed
