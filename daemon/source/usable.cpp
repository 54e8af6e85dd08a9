#include "source/usable.hpp"

#include "core/id.hpp"
#include "core/text.hpp"
#include "text/markup/plain_text.hpp"
#include "text/token/containment.hpp"
#include "text/url/url.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace pw::source {
namespace {

/// The longer of content and summary, preceded by what only the other one contains.
std::string whole_text(const feed::FeedEntry& entry) {
  const bool has_content = entry.content.size() > entry.summary.size();
  std::string text = text::plain_text(has_content ? entry.content : entry.summary);
  const std::string other = text::plain_text(has_content ? entry.summary : entry.content);
  // Most summaries are the beginning of the content, broken off: no need to compare words.
  if (other.empty() || text.find(utf8_prefix(other, other.size() / 5 * 4)) != std::string::npos) return text;
  std::string missing = text::missing_lines(text, other);
  return missing.empty() ? text : missing + '\n' + text;
}

Item feed_item(const feed::FeedEntry& entry, std::string id, const feed::Feed& feed) {
  Item item;
  item.id = std::move(id);
  Article& hints = item.hints;
  hints.url = entry.url;
  hints.title = entry.title;
  hints.text = whole_text(entry);
  hints.authors = entry.authors;
  hints.published = entry.published ? entry.published : entry.updated;
  hints.modified = entry.updated;
  hints.language = entry.language.empty() ? feed.language : entry.language;
  hints.site = feed.title;
  hints.image = entry.image;
  hints.method = "feed";
  item.complete = entry.url.empty() || entry.url_is_file;
  return item;
}

constexpr std::string_view kNoWebAddress = "is not an http or https URL";

/// Returns false if the text was short enough.
bool cut(std::string& text, std::size_t most) {
  if (text.size() <= most) return false;
  text.resize(utf8_prefix(text, most).size());
  text.shrink_to_fit();
  return true;
}

/// Resolves a link against `base` and clears it unless the result is http or https. White space and control characters,
/// which URL parsers tolerate, are removed.
void keep_web_link(std::string& link, std::string_view name, const std::string& base, std::vector<std::string>& notes) {
  if (link.empty()) return;
  const auto from = text::parse_url(base);
  const auto parsed = text::parse_url(link, from ? &*from : nullptr);
  if (parsed && parsed->is_web()) {
    const bool plain = std::ranges::none_of(link, [](char c) { return (c >= '\0' && c <= ' ') || c == 0x7f; });
    if (!plain || !is_web_address(link)) link = parsed->href();
    return;
  }
  notes.push_back(fmt::format("its {} \"{}\" {} and was removed", name, printable(link, 100), kNoWebAddress));
  link.clear();
}

}  // namespace

bool is_web_address(const std::string& url) {
  const auto parsed = text::parse_url(url);
  return parsed && parsed->is_web();
}

void add_warning(std::vector<std::string>& warnings, std::string warning) {
  if (warnings.size() > kMaxWarnings) return;
  if (warnings.size() == kMaxWarnings) warning = "further warnings were dropped";
  warnings.push_back(std::move(warning));
}

void settle(Article& article, std::vector<std::string>& notes) {
  if (article.text.size() > kMaxText) {
    cut(article.text, kMaxText);
    article.partial = true;
    notes.push_back(fmt::format("its text was truncated to {} bytes and counts as partial", kMaxText));
  }
  for (const auto& [field, name] : {std::pair{&article.title, "title"},
                                    {&article.site, "site"},
                                    {&article.section, "section"},
                                    {&article.language, "language"}}) {
    if (cut(*field, kMaxField)) notes.push_back(fmt::format("its {} was truncated to {} bytes", name, kMaxField));
  }
  if (article.authors.size() > kMaxAuthors) {
    article.authors.resize(kMaxAuthors);
    article.authors.shrink_to_fit();
    notes.push_back(fmt::format("only the first {} authors are kept", kMaxAuthors));
  }
  for (std::string& author : article.authors) {
    if (cut(author, kMaxField))
      notes.push_back(fmt::format("the name of an author was truncated to {} bytes", kMaxField));
  }
  keep_web_link(article.url, "url", "", notes);
  keep_web_link(article.canonical_url, "canonical url", article.url, notes);
  keep_web_link(article.image, "image", article.url, notes);
}

std::string make_usable(Item& item, std::vector<std::string>& notes) {
  const Article& hints = item.hints;
  if (item.id.size() > kMaxField) return fmt::format("its id is longer than {} bytes", kMaxField);
  const bool says_nothing = hints.title.empty() && hints.text.empty();
  if (says_nothing && !hints.url.empty() && !is_web_address(hints.url)) {
    return fmt::format("its url \"{}\" {}, and it has neither title nor text", printable(hints.url, 100),
                       kNoWebAddress);
  }
  settle(item.hints, notes);
  if (hints.url.empty()) item.complete = true;
  if (!item.id.empty()) return "";
  if (!hints.url.empty()) {
    item.id = text::article_key(hints.url);
  } else if (!says_nothing) {
    // Not from the removed link, which may be the same for many items, such as "javascript:void(0)".
    item.id = to_hex(derive_id({hints.title, hints.text}));
  }
  return item.id.empty() ? "it has no id, url, title or text" : "";
}

void keep_newest(Emitted& emitted) {
  std::vector<Item>& items = emitted.items;
  if (items.size() <= kMaxItems) return;
  std::vector<std::pair<Time, std::size_t>> order;
  order.reserve(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto& date = items[i].hints.published ? items[i].hints.published : items[i].hints.modified;
    order.emplace_back(date ? date->time : Time::min(), i);
  }
  std::nth_element(order.begin(), order.begin() + kMaxItems, order.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  std::vector<bool> out(items.size());
  for (std::size_t i = kMaxItems; i < order.size(); ++i) out[order[i].second] = true;
  std::size_t at = 0;
  const auto left_out = std::erase_if(items, [&](const Item&) { return out[at++]; });
  add_warning(emitted.warnings,
              fmt::format("{} items were left out: of one answer, the newest {} are kept", left_out, kMaxItems));
}

void settle(Emitted& emitted) {
  keep_newest(emitted);
  std::size_t number = 0;
  std::erase_if(emitted.items, [&](Item& item) {
    ++number;
    std::vector<std::string> notes;
    const std::string fault = make_usable(item, notes);
    if (!fault.empty()) {
      add_warning(emitted.warnings, fmt::format("item {} was skipped: {}", number, fault));
      return true;
    }
    for (const std::string& note : notes) add_warning(emitted.warnings, fmt::format("item {}: {}", number, note));
    return false;
  });
}

std::string left_out_warning(const feed::Feed& feed) {
  return fmt::format("{} entries were left out: of one document, the newest {} are read", feed.left_out,
                     feed::kMaxFeedEntries);
}

std::vector<Item> feed_items(const feed::Feed& feed) {
  std::vector<std::string> ids = feed::entry_ids(feed);
  std::vector<Item> out;
  out.reserve(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) out.push_back(feed_item(feed.entries[i], std::move(ids[i]), feed));
  return out;
}

}  // namespace pw::source
