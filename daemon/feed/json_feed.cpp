#include "feed/json_feed.hpp"

#include "core/json/lenient_json.hpp"
#include "core/text.hpp"
#include "feed/feed_draft.hpp"
#include "feed/feed_entries.hpp"
#include "text/date/date.hpp"
#include "text/url/url.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

namespace pw::feed {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxJsonDepth = 64;

/// Receives the events of boost::json::basic_parser and assigns each string to the field that its path denotes.
class JsonFeedHandler {
 public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
  using Code = boost::system::error_code;

  JsonFeedHandler(std::string_view base_url, Time now) : base_(base_url), now_(now) {}

  bool on_document_begin(Code&) { return true; }
  bool on_document_end(Code&) { return true; }
  bool on_object_begin(Code&) {
    path_.emplace_back();
    if (is_item()) draft_ = {};
    if (is_author()) person_.clear();
    return true;
  }
  bool on_object_end(std::size_t, Code&) {
    if (is_author()) add_author();
    if (is_item()) finish_item();
    path_.pop_back();
    return true;
  }
  bool on_array_begin(Code&) {
    if (path_.size() == 1 && path_[0] == "items") has_items = true;
    path_.emplace_back();
    return true;
  }
  bool on_array_end(std::size_t, Code&) {
    path_.pop_back();
    return true;
  }
  bool on_key_part(json::string_view part, std::size_t, Code&) {
    append(part);
    return true;
  }
  bool on_key(json::string_view part, std::size_t, Code&) {
    append(part);
    path_.back() = std::move(buffer_);
    buffer_.clear();
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, Code&) {
    append(part);
    return true;
  }
  bool on_string(json::string_view part, std::size_t, Code&) {
    append(part);
    set(buffer_);
    buffer_.clear();
    return true;
  }
  bool on_number_part(json::string_view, Code&) { return true; }
  bool on_int64(std::int64_t value, json::string_view, Code&) { return number(std::to_string(value)); }
  bool on_uint64(std::uint64_t value, json::string_view, Code&) { return number(std::to_string(value)); }
  bool on_double(double value, json::string_view, Code&) { return number(fmt::format("{:.3f}", value)); }
  bool on_bool(bool, Code&) { return true; }
  bool on_null(Code&) { return true; }
  bool on_comment_part(json::string_view, Code&) { return true; }
  bool on_comment(json::string_view, Code&) { return true; }

  Feed finish(bool damaged) {
    head_.add_author(1, std::move(feed_author_));
    feed.kind = "json";
    feed.damaged = damaged;
    feed.title = std::move(head_.entry.title);
    feed.url = std::move(head_.entry.url);
    feed.language = std::move(head_.entry.language);
    for (FeedEntry& entry : feed.entries) {
      if (entry.authors.empty()) entry.authors = head_.entry.authors;
      if (entry.language.empty()) entry.language = feed.language;
      keep_newest(feed.published, entry.published);
      keep_newest(feed.updated, entry.updated);
    }
    return std::move(feed);
  }

  Feed feed;
  bool has_version = false;
  bool has_items = false;

 private:
  void append(json::string_view part) { buffer_.append(part.data(), part.size()); }
  [[nodiscard]] bool in_item() const { return path_.size() >= 3 && path_[0] == "items" && path_[1].empty(); }
  [[nodiscard]] bool is_item() const { return path_.size() == 3 && in_item(); }
  [[nodiscard]] std::size_t item_level() const { return in_item() ? 2 : 0; }

  /// True in an object inside "author" or "authors", of the feed or of an item.
  [[nodiscard]] bool is_author() const {
    const std::size_t level = item_level();
    if (path_.size() == level + 2) return path_[level] == "author";
    return path_.size() == level + 3 && path_[level] == "authors";
  }

  /// Ids are often numbers, and dates are then Unix time.
  bool number(const std::string& text) {
    if (is_item() && (path_[2] == "id" || path_[2].starts_with("date_"))) set(text);
    return true;
  }

  /// Version 1.0 has a single author, version 1.1 a list. If both are present, the list comes first.
  void add_author() {
    const bool of_list = path_[item_level()] == "authors";
    if (of_list) {
      (in_item() ? draft_ : head_).add_author(1, std::move(person_));
    } else {
      (in_item() ? item_author_ : feed_author_) = std::move(person_);
    }
    person_.clear();
  }

  void finish_item() {
    draft_.add_author(1, std::exchange(item_author_, {}));
    add_entry(feed, std::move(draft_).finish());
    draft_ = {};
  }

  void set(const std::string& value) {
    if (is_author()) {
      if (path_.back() == "name" || (path_.back() == "url" && person_.empty())) person_ = trim(value);
    } else if (in_item()) {
      set_item(value);
    } else if (path_.size() == 1) {
      set_feed(path_[0], value);
    } else if (path_.size() == 3 && path_[0] == "hubs" && path_[2] == "url" && feed.hub.empty()) {
      feed.hub = resolve(value);
    }
  }

  void set_feed(const std::string& key, const std::string& value) {
    if (key == "version") has_version = value.find("jsonfeed.org/version/") != std::string::npos;
    if (key == "title") head_.set(FeedDraft::title, 1, text::plain_line(value));
    if (key == "home_page_url") head_.set(FeedDraft::url, 1, resolve(value));
    if (key == "feed_url") feed.self = resolve(value);
    if (key == "language") head_.set(FeedDraft::language, 1, std::string(trim(value)));
  }

  void set_item(const std::string& value) {
    const std::string& key = path_[2];
    if (path_.size() == 4 && key == "tags") draft_.add_category(std::string(trim(value)));
    if (path_.size() == 5 && key == "attachments" && path_[4] == "url") draft_.set_file(resolve(value));
    if (path_.size() != 3) return;
    if (key == "id") draft_.set(FeedDraft::id, 1, std::string(trim(value)));
    if (key == "url") draft_.set(FeedDraft::url, 2, resolve(value));
    if (key == "external_url") draft_.set(FeedDraft::url, 1, resolve(value));
    if (key == "title") draft_.set(FeedDraft::title, 1, text::plain_line(value));
    if (key == "summary") draft_.set(FeedDraft::summary, 1, value);
    if (key == "content_html") draft_.set(FeedDraft::content, 2, value);
    if (key == "content_text") draft_.set(FeedDraft::content, 1, value);
    if (key == "image") draft_.set(FeedDraft::image, 2, resolve(value));
    if (key == "banner_image") draft_.set(FeedDraft::image, 1, resolve(value));
    if (key == "language") draft_.set(FeedDraft::language, 1, std::string(trim(value)));
    if (key == "date_published") draft_.set_date(FeedDraft::published, 1, value, now_);
    if (key == "date_modified") draft_.set_date(FeedDraft::updated, 1, value, now_);
  }

  /// JSON Feed has no dates for the feed itself, so the dates of its newest item are used.
  static void keep_newest(std::optional<StatedDate>& newest, const std::optional<StatedDate>& date) {
    if (date && (!newest || newest->time < date->time)) newest = date;
  }

  [[nodiscard]] std::string resolve(std::string_view reference) const {
    std::string url = text::resolve_url(reference, base_);
    return url.empty() ? std::string(trim(reference)) : url;
  }

  std::string_view base_;
  Time now_;
  std::vector<std::string> path_;  ///< the current key of each open object; empty for arrays
  std::string buffer_;
  std::string person_;
  std::string item_author_;
  std::string feed_author_;
  FeedDraft head_;
  FeedDraft draft_;
};

using Parser = json::basic_parser<JsonFeedHandler>;

json::error_code parse(Parser& parser, std::string_view utf8) {
  json::error_code code;
  parser.write_some(false, utf8.data(), utf8.size(), code);
  return code;
}

}  // namespace

Result<Feed> parse_json_feed(std::string_view utf8, std::string_view base_url, Time now) {
  json::parse_options options;
  options.max_depth = kMaxJsonDepth;
  options.allow_comments = true;
  options.allow_trailing_commas = true;
  options.allow_invalid_utf8 = true;
  std::optional<Parser> parser(std::in_place, options, base_url, now);
  const json::error_code damage = parse(*parser, utf8);
  if (damage) {
    const std::string repaired = repair_json(utf8, kMaxJsonDepth);
    parser.emplace(options, base_url, now);
    // Without the array around all values.
    (void)parse(*parser, std::string_view(repaired).substr(1, repaired.size() - 2));
  }
  JsonFeedHandler& handler = parser->handler();
  if (!handler.has_version && !handler.has_items) {
    if (damage) return fail(Errc::parse, "not a feed: malformed JSON: {}", damage.message());
    return fail(Errc::parse, "not a feed: JSON, but without the version or items of a JSON Feed");
  }
  return handler.finish(damage.failed());
}

}  // namespace pw::feed
