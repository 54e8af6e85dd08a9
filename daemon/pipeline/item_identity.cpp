#include "pipeline/item_identity.hpp"

#include "store/storage.hpp"
#include "text/url/url.hpp"
#include "text/url/url_key.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace pw::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kSameDate = 1h;  // dates that are updated at each edit drift by less
constexpr Milliseconds kSameNotice = 12h;

std::string_view fragment_of(std::string_view url) {
  const std::size_t hash = url.find('#');
  return hash == std::string_view::npos ? std::string_view() : url.substr(hash);
}

ItemKeys keys_of_one(const source::Item& item) {
  ItemKeys out;
  const std::string url = item.hints.url.empty() ? "" : text::article_key(item.hints.url);
  const std::string_view fragment = fragment_of(item.hints.url);
  const std::string id = text::id_key(item.id);
  out.id = store::item_key("id", id);
  if (!url.empty()) out.url = store::item_key("url", url);
  if (!url.empty() && !fragment.empty()) out.link = store::item_key("link", url + std::string(fragment));
  out.title = derive_id({"title", item.hints.title});
  out.entry = store::item_key(
      "entry", url + std::string(fragment) + '\n' + item.hints.title + '\n' + (url.empty() ? item.id : std::string()));
  out.id_is_link = !url.empty() && (id == url || item.id == url || text::article_key(item.id) == url);
  return out;
}

Time published_of(const source::Item& item) { return item.hints.published ? item.hints.published->time : Time{}; }

bool differ(Time a, Time b, Milliseconds most) {
  if (a == Time{} || b == Time{}) return false;
  return (a > b ? a - b : b - a) > most;
}

/// The keys that a known item and the current item have in common.
struct Agreement {
  const store::KnownItem* item = nullptr;
  bool id = false, url = false, link = false, entry = false;

  [[nodiscard]] int rank() const { return (entry ? 16 : 0) + (link ? 8 : 0) + (id ? 4 : 0) + (url ? 2 : 0); }
};

bool is_same(const source::Item& item, const ItemKeys& keys, const Agreement& agreement) {
  if (agreement.entry) return true;
  const store::ItemMarks& known = agreement.item->marks;
  const bool other_title = known.title != Id{} && keys.title != known.title;
  const bool other_date = differ(published_of(item), known.published, kSameDate);
  const bool by_id = agreement.id && !keys.id_is_link;
  if (by_id && (agreement.url || keys.url == Id{})) return true;
  if (by_id) return !other_title || !other_date;
  // By link alone, parts of one page are distinguished by their fragments.
  if (keys.link != Id{} && !agreement.link && other_title) return false;
  return !other_title || !other_date;
}

}  // namespace

std::vector<Id> ItemKeys::all() const {
  std::vector<Id> out;
  for (const Id& key : {id, url, link, entry}) {
    if (key != Id{}) out.push_back(key);
  }
  return out;
}

std::vector<ItemKeys> keys_of(std::span<const source::Item> items) {
  std::vector<ItemKeys> out;
  out.reserve(items.size());
  for (const source::Item& item : items) out.push_back(keys_of_one(item));
  std::map<Id, Id> first_entry;  // by key: the entry key of the first item that has it
  std::set<Id> shared;
  for (const ItemKeys& keys : out) {
    for (const Id& key : {keys.id, keys.url}) {
      if (key == Id{}) continue;
      const auto [known, added] = first_entry.emplace(key, keys.entry);
      if (!added && known->second != keys.entry) shared.insert(key);
    }
  }
  for (ItemKeys& keys : out) {
    keys.id_shared = shared.contains(keys.id);
    keys.url_shared = shared.contains(keys.url);
  }
  return out;
}

Id content_key(const Id& content) { return store::item_key("content", to_hex(content)); }

store::ItemMarks marks_of(const source::Item& item) {
  store::ItemMarks out;
  out.hints = derive_id({"hints", item.hints.title, item.hints.text});
  out.title = derive_id({"title", item.hints.title});
  out.published = published_of(item);
  if (item.hints.modified) out.modified = item.hints.modified->time;
  return out;
}

const store::KnownItem* known_as(const source::Item& item, const ItemKeys& keys,
                                 std::span<const store::KeyMatch> matches) {
  std::map<std::int64_t, Agreement> found;
  for (const store::KeyMatch& match : matches) {
    const bool by_entry = match.key == keys.entry;
    const bool by_id = match.key == keys.id && !keys.id_shared && !match.shared;
    const bool by_url = match.key == keys.url && !keys.url_shared && !match.shared;
    const bool by_link = match.key == keys.link && keys.link != Id{} && !match.shared;
    if (!by_entry && !by_id && !by_url && !by_link) continue;
    Agreement& one = found[match.item.row];
    one.item = &match.item;
    one.entry = one.entry || by_entry;
    one.id = one.id || by_id;
    one.url = one.url || by_url;
    one.link = one.link || by_link;
  }
  const Agreement* best = nullptr;
  for (const auto& [row, one] : found) {
    if (!is_same(item, keys, one)) continue;
    if (best == nullptr || one.rank() > best->rank()) best = &one;
  }
  return best != nullptr ? best->item : nullptr;
}

bool same_content_is_same(const source::Item& item, const store::KnownItem& known) {
  return !differ(published_of(item), known.marks.published, kSameNotice);
}

}  // namespace pw::pipeline
