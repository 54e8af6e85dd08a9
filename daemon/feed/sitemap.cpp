#include "feed/sitemap.hpp"

#include "core/text.hpp"
#include "feed/feed_draft.hpp"
#include "feed/feed_entries.hpp"
#include "feed/sitemap_scope.hpp"
#include "text/date/date.hpp"
#include "text/markup/entities.hpp"
#include "text/markup/tag_soup.hpp"
#include "text/url/url.hpp"

namespace pw::feed {
namespace {

enum class SitemapField : std::uint8_t { none, loc, lastmod, news_title, news_date, news_language };

/// Reads one document.
class SitemapReader {
 public:
  SitemapReader(std::string_view document, std::string_view base_url, Time now)
      : soup_(document), base_(base_url), now_(now) {}

  Result<Feed> read() {
    for (;;) {
      const text::SoupToken token = soup_.next(field_name_);
      switch (token.kind) {
        case text::SoupToken::Kind::end_of_input:
          if (feed_.kind.empty()) return fail(Errc::parse, "not a sitemap: no urlset or sitemapindex found");
          finish_entry();
          feed_.damaged = feed_.damaged || soup_.damaged() || !root_closed_;
          return std::move(feed_);
        case text::SoupToken::Kind::text: text::append_decoded(text_, token.text); break;
        case text::SoupToken::Kind::cdata: text_ += token.text; break;
        case text::SoupToken::Kind::start_tag: on_start(token); break;
        case text::SoupToken::Kind::end_tag: on_end(token); break;
        case text::SoupToken::Kind::other: break;
      }
    }
  }

 private:
  void on_start(const text::SoupToken& token) {
    const std::string_view local = text::local_name(token.name);
    if (feed_.kind.empty()) {
      if (ascii_iequals(local, "urlset")) feed_.kind = "sitemap";
      if (ascii_iequals(local, "sitemapindex")) feed_.kind = "sitemapindex";
      if (!feed_.kind.empty()) scope_.open(token);
      text_.clear();
      return;
    }
    scope_.open(token);
    const bool own = scope_.is_own(token.name);
    if (own && (ascii_iequals(local, "url") || ascii_iequals(local, "sitemap"))) {
      finish_entry();
      open_ = true;
    } else {
      take_field();
      start_field(local, own);
      if (field_ != SitemapField::none) field_name_ = token.name;
      if (token.self_closing) field_ = SitemapField::none;
    }
    text_.clear();
  }

  void start_field(std::string_view local, bool own) {
    if (own && ascii_iequals(local, "loc")) {
      if (draft_.has(FeedDraft::url)) {
        finish_entry();
        open_ = true;
      }
      field_ = SitemapField::loc;
    } else if (own && ascii_iequals(local, "lastmod")) {
      field_ = SitemapField::lastmod;
    } else if (ascii_iequals(local, "news")) {
      in_news_ = true;
      if (feed_.kind == "sitemap") feed_.kind = "news-sitemap";
    } else if (in_news_ && ascii_iequals(local, "title")) {
      field_ = SitemapField::news_title;
    } else if (in_news_ && ascii_iequals(local, "publication_date")) {
      field_ = SitemapField::news_date;
    } else if (in_news_ && ascii_iequals(local, "language")) {
      field_ = SitemapField::news_language;
    }
  }

  void on_end(const text::SoupToken& token) {
    const std::string_view local = text::local_name(token.name);
    const bool own = scope_.is_own(token.name);
    take_field();
    if (ascii_iequals(local, "news")) in_news_ = false;
    if (own && (ascii_iequals(local, "url") || ascii_iequals(local, "sitemap"))) {
      // some indexes give the URL without a loc element
      if (open_ && !draft_.has(FeedDraft::url)) set_url(text_);
      finish_entry();
    }
    if (own && (ascii_iequals(local, "urlset") || ascii_iequals(local, "sitemapindex"))) root_closed_ = true;
    if (open_ && draft_.has(FeedDraft::url)) text_.clear();
    scope_.close(token.name);
  }

  void take_field() {
    const std::string_view text = trim(text_);
    switch (std::exchange(field_, SitemapField::none)) {
      case SitemapField::loc: set_url(text); break;
      case SitemapField::lastmod: draft_.set_date(FeedDraft::updated, 1, text, now_); break;
      case SitemapField::news_title: draft_.set(FeedDraft::title, 1, text::plain_line(text)); break;
      case SitemapField::news_date: draft_.set_date(FeedDraft::published, 1, text, now_); break;
      case SitemapField::news_language: draft_.set(FeedDraft::language, 1, std::string(text)); break;
      case SitemapField::none: return;
    }
    text_.clear();
  }

  void set_url(std::string_view text) {
    text = trim(text);
    if (text.empty()) return;
    std::string url = text::resolve_url(text, base_);
    if (url.starts_with("http")) draft_.set(FeedDraft::url, 1, std::move(url));
  }

  void finish_entry() {
    take_field();
    if (draft_.has(FeedDraft::url)) add_entry(feed_, std::move(draft_.entry));
    draft_ = {};
    open_ = false;
    in_news_ = false;
  }

  text::TagSoup soup_;
  std::string_view base_;
  Time now_;
  Feed feed_;
  FeedDraft draft_;
  std::string text_;
  SitemapScope scope_;
  std::string_view field_name_;
  SitemapField field_ = SitemapField::none;
  bool open_ = false;
  bool in_news_ = false;
  bool root_closed_ = false;
};

/// The protocol's "text file" format: one URL per line and nothing else. Lines that are not URLs are skipped, but the
/// first line must be one.
Result<Feed> parse_text_sitemap(std::string_view text) {
  Feed feed;
  feed.kind = "text-sitemap";
  while (!text.empty()) {
    const std::size_t end = text.find_first_of("\r\n");
    const std::string_view line = trim(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty()) continue;
    FeedEntry entry;
    entry.url = text::resolve_url(line, {});
    if (!entry.url.starts_with("http")) {
      if (feed.entries.empty()) return fail(Errc::parse, "not a sitemap: neither XML nor a list of URLs");
      feed.damaged = true;
    } else {
      add_entry(feed, std::move(entry));
    }
  }
  return feed;
}

}  // namespace

Result<Feed> parse_sitemap(std::string_view utf8, std::string_view base_url, Time now) {
  if (utf8.size() > kMaxSitemapBytes) {
    return fail(Errc::too_large, "the sitemap has {} bytes; at most {} are read", utf8.size(), kMaxSitemapBytes);
  }
  if (utf8.starts_with("\xEF\xBB\xBF")) utf8.remove_prefix(3);
  const std::string_view text = trim(utf8);
  if (text.empty()) return fail(Errc::parse, "not a sitemap: the document is empty");
  auto sitemap = text.front() == '<' ? SitemapReader(text, base_url, now).read() : parse_text_sitemap(text);
  if (sitemap) keep_newest(*sitemap);
  if (sitemap || text.front() != '<') return sitemap;
  if (auto feed = parse_feed(text, base_url, now)) return feed;
  return sitemap;
}

}  // namespace pw::feed
