#include "source/kinds/native/views.hpp"

#include "core/text.hpp"
#include "feed/feed.hpp"
#include "html/dom/html.hpp"
#include "html/dom/inner_text.hpp"
#include "source/usable.hpp"

#include <algorithm>
#include <atomic>

namespace pw::native {
namespace {

namespace json = boost::json;

/// A number that is unique in this process, so that handles of other calls or plugins are never valid.
std::uint32_t next_number() {
  static std::atomic<std::uint32_t> last{0};
  std::uint32_t number = ++last;
  while (number == 0) number = ++last;
  return number;
}

constexpr std::uint64_t handle(std::uint32_t number, std::size_t index) {
  return std::uint64_t{number} << 32U | static_cast<std::uint32_t>(index);
}
constexpr std::uint32_t number_of(std::uint64_t handle) { return static_cast<std::uint32_t>(handle >> 32U); }
constexpr std::uint32_t index_of(std::uint64_t handle) { return static_cast<std::uint32_t>(handle); }

Error stale() { return fail(Errc::not_found, "the handle is invalid or belongs to another call"); }

pw_str view(std::string_view text) { return {text.data(), text.size()}; }

/// The date as written by the source, so that parsing it again gives the same result.
std::string stated(const std::optional<StatedDate>& date) {
  if (!date) return "";
  const std::string text = to_iso8601(date->time, date->zone);
  return date->has_time ? text : text.substr(0, text.find('T'));
}

}  // namespace

Result<void> Views::admit(std::size_t bytes) {
  if (bytes > kMaxInput - input_ || documents_ == kMaxDocuments) {
    return fail(Errc::too_large, "a call may open {} documents with a total of {} MiB", kMaxDocuments,
                kMaxInput >> 20U);
  }
  input_ += bytes;
  ++documents_;
  return {};
}

Result<void> Views::hand_out(std::size_t bytes) {
  if (bytes > kMaxOutput - output_) {
    return fail(Errc::too_large, "a call may receive {} MiB of texts and lists", kMaxOutput >> 20U);
  }
  output_ += bytes;
  return {};
}

Result<pw_str> Views::keep(std::string_view text) {
  if (auto room = hand_out(text.size()); !room) return room.error();
  return view(texts_.keep(text));
}

Result<Views::Place> Views::find(pw_node node) const {
  const std::uint32_t number = number_of(node.id);
  const auto page = std::ranges::lower_bound(pages_, number, {}, &Page::number);
  if (page == pages_.end() || page->number != number || index_of(node.id) >= page->document.size()) return stale();
  return Place{&page->document, index_of(node.id), number};
}

Result<pw_node> Views::html(std::string_view markup) {
  if (auto room = admit(markup.size()); !room) return room.error();
  html::HtmlOptions options;
  options.keep_all = true;
  auto page = html::parse_html(markup, options);
  if (!page) return page.error();
  if (page->size() == 0) return fail(Errc::parse, "the page is empty");
  pages_.push_back({next_number(), std::move(*page)});
  return pw_node{handle(pages_.back().number, 0)};
}

Result<pw_nodes> Views::list(const Place& place, const std::vector<html::NodeIndex>& indices) {
  if (indices.empty()) return pw_nodes{nullptr, 0};
  if (auto room = hand_out(indices.size() * sizeof(pw_node)); !room) return room.error();
  std::vector<pw_node>& out = node_lists_.emplace_back();
  out.reserve(indices.size());
  for (const html::NodeIndex index : indices) out.push_back({handle(place.number, index)});
  return pw_nodes{out.data(), out.size()};
}

Result<pw_nodes> Views::select(pw_node from, std::string_view css) {
  const auto place = find(from);
  if (!place) return place.error();
  const auto selector = lookup_.selectors.get(css);
  if (!selector) return selector.error();
  return list(*place, (*selector)->select(*place->page, place->index));
}

Result<pw_nodes> Views::children(pw_node node) {
  const auto place = find(node);
  if (!place) return place.error();
  const html::Document& page = *place->page;
  std::vector<html::NodeIndex> found;
  for (html::NodeIndex i = page[place->index].first_child; i != html::kNoNode; i = page[i].next_sibling) {
    if (page[i].is_element()) found.push_back(i);
  }
  return list(*place, found);
}

Result<pw_node> Views::parent(pw_node node) {
  const auto place = find(node);
  if (!place) return place.error();
  const html::NodeIndex above = (*place->page)[place->index].parent;
  return pw_node{above == html::kNoNode ? 0 : handle(place->number, above)};
}

Result<pw_str> Views::name(pw_node node) {
  const auto place = find(node);
  if (!place) return place.error();
  return view(place->page->name(place->index));
}

Result<pw_str> Views::attribute(pw_node node, std::string_view name) {
  const auto place = find(node);
  if (!place) return place.error();
  for (const html::Attribute& one : place->page->attributes(place->index)) {
    // An empty value still has data, to distinguish it from a missing attribute.
    if (ascii_iequals(one.name, name)) return one.value.empty() ? pw_str{"", 0} : view(one.value);
  }
  return pw_str{nullptr, 0};
}

Result<pw_str> Views::text(pw_node node) {
  const auto place = find(node);
  if (!place) return place.error();
  return keep(html::inner_text(*place->page, place->index));
}

Result<const json::value*> Views::find(pw_value value) const {
  const std::uint32_t index = index_of(value.id);
  if (json_number_ == 0 || number_of(value.id) != json_number_ || index >= values_.size()) return stale();
  return values_[index];
}

Result<pw_value> Views::json(std::string_view document) {
  if (auto room = admit(document.size()); !room) return room.error();
  auto parsed = pw::parse_json(document);
  if (!parsed) return parsed.error();
  if (json_number_ == 0) json_number_ = next_number();
  values_.push_back(&json_.emplace_back(std::move(*parsed)));
  return pw_value{handle(json_number_, values_.size() - 1)};
}

Result<pw_values> Views::json_select(pw_value from, std::string_view pointer) {
  const auto root = find(from);
  if (!root) return root.error();
  const auto path = lookup_.pointers.get(pointer);
  if (!path) return path.error();
  const auto found = (*path)->select(**root);
  if (found.empty()) return pw_values{nullptr, 0};
  if (auto room = hand_out(found.size() * (sizeof(pw_value) + sizeof(void*))); !room) return room.error();
  std::vector<pw_value>& out = value_lists_.emplace_back();
  for (const json::value* one : found) {
    out.push_back({handle(json_number_, values_.size())});
    values_.push_back(one);
  }
  return pw_values{out.data(), out.size()};
}

Result<pw_str> Views::json_text(pw_value from, std::string_view field) {
  const auto root = find(from);
  if (!root) return root.error();
  const auto compiled = lookup_.fields.get(field.empty() ? "{}" : field);
  if (!compiled) return compiled.error();
  const std::vector<std::string> found = (*compiled)->values(**root);
  return found.empty() ? pw_str{nullptr, 0} : keep(found.front());
}

Result<std::int32_t> Views::json_type(pw_value value) {
  const auto found = find(value);
  if (!found) return found.error();
  const json::value& one = **found;
  std::int32_t out = PW_JSON_NULL;
  if (one.is_bool()) out = PW_JSON_FLAG;
  if (one.is_number()) out = PW_JSON_NUMBER;
  if (one.is_string()) out = PW_JSON_TEXT;
  if (one.is_array()) out = PW_JSON_LIST;
  if (one.is_object()) out = PW_JSON_OBJECT;
  return out;
}

Result<const pw_article*> Views::article(const source::Item& item) {
  const Article& hints = item.hints;
  const std::string published = stated(hints.published);
  const std::string modified = stated(hints.modified);
  pw_article out{};
  out.size = sizeof out;
  out.flags = item.complete ? std::uint32_t{PW_COMPLETE} : 0U;
  const std::pair<pw_str*, std::string_view> fields[] = {{&out.id, item.id},
                                                         {&out.url, hints.url},
                                                         {&out.title, hints.title},
                                                         {&out.text, hints.text},
                                                         {&out.published, published},
                                                         {&out.modified, modified},
                                                         {&out.language, hints.language},
                                                         {&out.site, hints.site},
                                                         {&out.section, hints.section},
                                                         {&out.image, hints.image}};
  for (const auto& [field, text] : fields) {
    auto kept = keep(text);
    if (!kept) return kept.error();
    *field = *kept;
  }
  std::vector<pw_str>& authors = text_lists_.emplace_back();
  for (const std::string& author : hints.authors) {
    auto kept = keep(author);
    if (!kept) return kept.error();
    authors.push_back(*kept);
  }
  out.authors = authors.data();
  out.author_count = authors.size();
  return &articles_.emplace_back(out);
}

Result<pw_articles> Views::feed(std::string_view document, std::string_view url, Time now) {
  if (auto room = admit(document.size()); !room) return room.error();
  const auto parsed = feed::parse_feed(document, url, now);
  if (!parsed) return parsed.error();
  const std::vector<source::Item> items = source::feed_items(*parsed);
  if (auto room = hand_out(items.size() * (sizeof(pw_article) + sizeof(void*))); !room) return room.error();
  std::vector<const pw_article*> out;
  out.reserve(items.size());
  for (const source::Item& item : items) {
    const auto one = article(item);
    if (!one) return one.error();
    out.push_back(*one);
  }
  const auto& kept = article_lists_.emplace_back(std::move(out));
  return pw_articles{kept.data(), kept.size()};
}

}  // namespace pw::native
