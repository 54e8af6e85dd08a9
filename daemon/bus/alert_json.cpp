#include "bus/alert_json.hpp"

#include "bus/body_writer.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

namespace pw::bus {
namespace {

constexpr std::size_t kRoomToComplete = 80;  // for ,"committedMs":"…","sentMs":"…"}}
constexpr std::size_t kMaxMatches = 100;
constexpr std::size_t kMaxAuthors = 20;
constexpr std::size_t kMaxShort = 1024;  // for names, titles and URLs
constexpr std::size_t kMaxTerm = 200;
constexpr std::size_t kMaxAuthor = 200;
constexpr std::size_t kMaxTag = 100;
constexpr std::size_t kMaxLanguage = 20;

/// How much of the article text and how many matches a body carries.
struct Room {
  std::size_t text;
  std::size_t matches = kMaxMatches;
};

std::string_view shorten(std::string_view text) { return utf8_prefix(text, kMaxShort); }

std::vector<std::string_view> shorten(std::span<const std::string> texts, std::size_t most) {
  std::vector<std::string_view> out;
  for (const std::string& text : texts) out.push_back(utf8_prefix(text, most));
  return out;
}

void write_time(std::string_view key, const std::optional<StatedDate>& date, BodyWriter& out) {
  if (date) out.long_number(key, to_ms(date->time));
}

void write_watchlist(const AlertInfo::Watchlist& in, BodyWriter& out) {
  out.open("watchlist");
  out.text("id", in.id);
  out.text("title", shorten(in.title));
  out.text("priority", in.priority);
  out.text("group", in.group);
  if (!in.owner.empty() || !in.contact.empty()) {
    out.open("owner");
    out.text("name", shorten(in.owner));
    out.text("contact", shorten(in.contact));
    out.close();
  }
  out.close();
}

void write_source(const AlertInfo::Source& in, BodyWriter& out) {
  out.open("source");
  out.text("id", in.id);
  out.text("name", shorten(in.name));
  out.texts("tags", shorten(in.tags, kMaxTag));
  out.close();
}

void write_article(const Article& in, std::size_t text_room, BodyWriter& out) {
  out.open("article");
  out.text("url", shorten(in.url));
  out.text("canonicalUrl", shorten(in.canonical_url));
  out.text("title", shorten(in.title));
  out.text("text", utf8_prefix(in.text, text_room));
  out.flag("textCut", in.text.size() > text_room);
  out.texts("authors", shorten(std::span(in.authors).first(std::min(in.authors.size(), kMaxAuthors)), kMaxAuthor));
  write_time("publishedMs", in.published, out);
  write_time("modifiedMs", in.modified, out);
  out.text("language", utf8_prefix(in.language, kMaxLanguage));
  out.text("site", shorten(in.site));
  out.text("section", shorten(in.section));
  out.text("image", shorten(in.image));
  out.flag("partial", in.partial);
  out.text("partialReason", shorten(in.partial_reason));
  out.close();
}

/// The matches that lie within the truncated title and text.
std::vector<const AlertInfo::Term*> matches_within(const AlertInfo& info, const Room& room) {
  const std::size_t title_end = shorten(info.article.title).size();
  const std::size_t text_end = utf8_prefix(info.article.text, room.text).size();
  std::vector<const AlertInfo::Term*> out;
  for (const AlertInfo::Term& term : info.matches) {
    if (out.size() >= room.matches) break;
    if (term.end <= (term.field == "title" ? title_end : text_end)) out.push_back(&term);
  }
  return out;
}

void write_matches(const AlertInfo& info, const Room& room, BodyWriter& out) {
  const std::vector<const AlertInfo::Term*> matches = matches_within(info, room);
  if (matches.empty()) return;
  out.open_list("matches");
  for (const AlertInfo::Term* term : matches) {
    out.open();
    out.text("term", utf8_prefix(term->term, kMaxTerm));
    out.text("field", term->field);
    out.number("begin", static_cast<std::uint32_t>(term->begin));
    out.number("end", static_cast<std::uint32_t>(term->end));
    out.text("matched", utf8_prefix(term->matched, kMaxTerm));
    out.text("aliasOf", utf8_prefix(term->alias_of, kMaxTerm));
    out.close();
  }
  out.close_list();
}

std::string write(const AlertInfo& info, const Room& room) {
  BodyWriter out;
  write_watchlist(info.watchlist, out);
  write_source(info.source, out);
  out.text("itemId", shorten(info.item_id));
  out.number("revision", info.revision);
  out.text("storyId", info.story);
  write_article(info.article, room.text, out);
  write_matches(info, room, out);
  out.text("sentence", shorten(info.sentence));
  out.fraction("score", info.score);
  out.number("mentions", static_cast<std::uint32_t>(info.mentions));
  out.flag("quiet", info.quiet);
  out.long_number("deferredSinceMs", to_ms(info.deferred_since));
  out.open("latency");
  write_time("publishedMs", info.article.published, out);
  out.long_number("seenMs", to_ms(info.latency.seen));
  out.long_number("fetchedMs", to_ms(info.latency.fetched));
  out.long_number("matchedMs", to_ms(info.latency.matched));
  return out.take();
}

}  // namespace

std::string open_body(const AlertInfo& info) {
  constexpr std::size_t kMost = kMaxBody - kRoomToComplete;
  Room room{std::clamp<std::size_t>(info.article.text.size(), 1, kMost)};
  std::string body = write(info, room);
  // JSON escapes make the body longer than the text, so the text is halved until the body fits.
  while (body.size() > kMost && room.text + room.matches > 0) {
    (room.text > 0 ? room.text : room.matches) /= 2;
    body = write(info, room);
  }
  return body;
}

std::string complete_body(std::string_view body, Time committed, Time sent) {
  // Logs written by earlier versions hold complete bodies, ending in "}}". An open body never does.
  constexpr std::string_view kClosed = "}}";
  if (body.ends_with(kClosed)) body.remove_suffix(kClosed.size());
  std::string open;
  open.reserve(body.size() + kRoomToComplete);
  open += body;
  BodyWriter out(std::move(open));
  out.long_number("committedMs", to_ms(committed));
  out.long_number("sentMs", to_ms(sent));
  out.close();
  out.close();
  return out.take();
}

}  // namespace pw::bus
