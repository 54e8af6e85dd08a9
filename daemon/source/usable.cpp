#include "source/usable.hpp"

#include "core/id.hpp"
#include "core/text.hpp"
#include "parse/plain_text.hpp"
#include "parse/url.hpp"

#include <utility>

namespace pw::source {
namespace {

Item feed_item(const parse::FeedEntry& entry, std::string id, const parse::Feed& feed) {
  Item item;
  item.id = std::move(id);
  Article& hints = item.hints;
  hints.url = entry.url;
  hints.title = entry.title;
  hints.text = parse::plain_text(entry.content.size() > entry.summary.size() ? entry.content : entry.summary);
  hints.authors = entry.authors;
  hints.published = entry.published ? entry.published : entry.updated;
  hints.modified = entry.updated;
  hints.language = entry.language.empty() ? feed.language : entry.language;
  hints.site = feed.title;
  hints.image = entry.image;
  hints.method = "feed";
  item.complete = entry.url.empty();
  return item;
}

}  // namespace

bool is_web_address(const std::string& url) {
  const auto parsed = parse::parse_url(url);
  return parsed && parsed->is_web();
}

std::string make_usable(Item& item) {
  const Article& hints = item.hints;
  if (!hints.url.empty() && !is_web_address(hints.url)) {
    return fmt::format("its url \"{}\" is no http or https address", printable(hints.url, 100));
  }
  if (hints.url.empty()) item.complete = true;
  if (!item.id.empty()) return "";
  if (!hints.url.empty()) {
    item.id = parse::article_key(hints.url);
  } else if (!hints.title.empty() || !hints.text.empty()) {
    item.id = to_hex(derive_id({hints.title, hints.text}));
  }
  return item.id.empty() ? "it has neither id, url, title nor text" : "";
}

std::vector<Item> feed_items(const parse::Feed& feed) {
  std::vector<std::string> ids = parse::entry_ids(feed);
  std::vector<Item> out;
  out.reserve(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) out.push_back(feed_item(feed.entries[i], std::move(ids[i]), feed));
  return out;
}

}  // namespace pw::source
