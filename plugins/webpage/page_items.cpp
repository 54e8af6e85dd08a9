#include "webpage/page_items.hpp"

#include "core/id.hpp"
#include "core/text.hpp"
#include "html/dom/html.hpp"
#include "html/dom/inner_text.hpp"
#include "page_options.hpp"
#include "text/date/date.hpp"
#include "text/url/url.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace pw::plugins {
namespace {

using html::NodeIndex;
using html::Tag;

constexpr std::size_t kMaxItems = 500;
constexpr std::size_t kTitleBytes = 140;

std::optional<html::Selector> compile(const config::Options& options, std::string_view name) {
  const std::string css = options.text(name);
  require_selector(name, css);
  if (css.empty()) return std::nullopt;
  return html::Selector::compile(css).value();
}

std::optional<NodeIndex> first(const std::optional<html::Selector>& selector, const html::Document& page,
                               NodeIndex root) {
  if (!selector) return std::nullopt;
  const auto found = selector->select(page, root);
  return found.empty() ? std::nullopt : std::optional(found.front());
}

std::optional<NodeIndex> first_tag(const html::Document& page, NodeIndex root, Tag tag) {
  for (NodeIndex i = root; i < page[root].end; ++i) {
    if (page[i].is_element() && page[i].tag == tag) return i;
  }
  return std::nullopt;
}

std::string headline_of(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  if (line.size() <= kTitleBytes) return std::string(line);
  const std::string_view cut = utf8_prefix(line, kTitleBytes);
  const std::size_t space = cut.rfind(' ');
  return std::string(space == std::string_view::npos ? cut : cut.substr(0, space)) + "…";
}

}  // namespace

PageItems::PageItems(const config::Options& options)
    : items_(*compile(options, "items")),
      link_(compile(options, "link")),
      headline_(compile(options, "headline")),
      text_(compile(options, "text")),
      published_(compile(options, "published")),
      complete_(options.flag("complete", false)) {}

std::vector<source::Item> PageItems::read(const html::Document& page, std::string_view base, Time now) const {
  std::vector<source::Item> out;
  std::set<std::string> seen;
  for (const NodeIndex node : items_.select(page)) {
    if (out.size() == kMaxItems) break;
    auto item = read_one(page, node, base, now);
    if (item && seen.insert(item->id).second) out.push_back(std::move(*item));
  }
  const bool oldest_first = out.size() > 1 && out.front().hints.published && out.back().hints.published &&
                            out.front().hints.published->time < out.back().hints.published->time;
  if (oldest_first) std::ranges::reverse(out);
  return out;
}

std::optional<source::Item> PageItems::read_one(const html::Document& page, NodeIndex node, std::string_view base,
                                                Time now) const {
  source::Item item;
  Article& hints = item.hints;
  if (const auto link = link_ ? first(link_, page, node) : first_tag(page, node, Tag::a)) {
    const std::string url = text::resolve_url(trim(page.attribute(*link, "href")), base);
    if (url.starts_with("http")) hints.url = url;
  }
  if (const auto text = first(text_, page, node)) hints.text = html::inner_text(page, *text);
  if (const auto headline = first(headline_, page, node)) hints.title = html::inner_text(page, *headline);
  std::ranges::replace(hints.title, '\n', ' ');
  if (hints.title.empty()) hints.title = headline_of(hints.text);
  if (hints.title.empty() && (hints.url.empty() || complete_)) return std::nullopt;
  const auto date = published_ ? first(published_, page, node) : first_tag(page, node, Tag::time);
  if (date) {
    hints.published = text::parse_date(trim(page.attribute(*date, "datetime")), now);
    if (!hints.published) hints.published = text::find_date_in_text(html::inner_text(page, *date), "", now);
  }
  hints.method = "webpage";
  item.complete = complete_ || hints.url.empty();
  item.id = hints.url.empty() ? to_hex(derive_id({hints.title, hints.text})) : text::article_key(hints.url);
  return item;
}

}  // namespace pw::plugins
