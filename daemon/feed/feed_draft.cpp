#include "feed/feed_draft.hpp"

#include "core/text.hpp"
#include "text/date/date.hpp"
#include "text/date/wire_date.hpp"

#include <algorithm>
#include <utility>

namespace pw::feed {
namespace {

constexpr std::size_t kMaxNames = 100;
constexpr std::size_t kMaxDateText = 256;

void add_unique(std::vector<std::string>& list, std::string name) {
  if (name.empty() || list.size() >= kMaxNames || std::ranges::find(list, name) != list.end()) return;
  list.push_back(std::move(name));
}

}  // namespace

std::string FeedEntry::*FeedDraft::member(Field field) {
  switch (field) {
    case url: return &FeedEntry::url;
    case id: return &FeedEntry::id;
    case summary: return &FeedEntry::summary;
    case content: return &FeedEntry::content;
    case language: return &FeedEntry::language;
    case image: return &FeedEntry::image;
    default: return &FeedEntry::title;
  }
}

void FeedDraft::set(Field field, std::uint8_t rank, std::string value) {
  if (value.empty() || !wants(field, rank)) return;
  entry.*member(field) = std::move(value);
  ranks_[field] = rank;
}

void FeedDraft::set_date(Field field, std::uint8_t rank, std::string_view text, Time now) {
  const std::string_view value = trim(text);
  if (value.empty() || !wants(field, rank)) return;
  if (field == published && (entry.published_raw.empty() || !entry.published)) {
    entry.published_raw = utf8_prefix(value, kMaxDateText);
  }
  auto date = text::read_wire_date(value);
  if (!date) date = text::parse_date(value, now);
  if (!date) return;
  if (field == published) entry.published_raw = utf8_prefix(value, kMaxDateText);
  (field == published ? entry.published : entry.updated) = std::move(date);
  ranks_[field] = rank;
}

void FeedDraft::add_author(std::uint8_t rank, std::string name) {
  if (name.empty() || rank < ranks_[authors]) return;
  if (rank > ranks_[authors]) entry.authors.clear();
  ranks_[authors] = rank;
  add_unique(entry.authors, std::move(name));
}

void FeedDraft::add_category(std::string name) { add_unique(entry.categories, std::move(name)); }

void FeedDraft::set_file(std::string address) {
  if (file_.empty()) file_ = std::move(address);
}

FeedEntry FeedDraft::finish() && {
  if (!has(url) && !file_.empty()) {
    entry.url = std::move(file_);
    entry.url_is_file = true;
  }
  return std::move(entry);
}

void FeedDraft::fill_from(const FeedDraft& other) {
  for (const Field field : {title, url, id, summary, content, language, image}) {
    if (!has(field) && other.has(field)) set(field, other.ranks_[field], other.entry.*member(field));
  }
  if (!has(published) && other.has(published)) {
    entry.published = other.entry.published;
    entry.published_raw = other.entry.published_raw;
    ranks_[published] = other.ranks_[published];
  }
  if (!has(updated) && other.has(updated)) {
    entry.updated = other.entry.updated;
    ranks_[updated] = other.ranks_[updated];
  }
  if (!has(authors) && other.has(authors)) {
    entry.authors = other.entry.authors;
    ranks_[authors] = other.ranks_[authors];
  }
  for (const std::string& name : other.entry.categories) add_category(name);
}

}  // namespace pw::feed
