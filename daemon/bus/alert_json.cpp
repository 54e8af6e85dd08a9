#include "bus/alert_json.hpp"

#include "core/text.hpp"
#include "presswatch/v1/alert.pb.h"

#include <google/protobuf/util/json_util.h>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <stdexcept>

namespace pw::bus {
namespace {

namespace v1 = presswatch::v1;

constexpr std::size_t kRoomToComplete = 80;  // of ,"committedMs":"…","sentMs":"…"
constexpr std::size_t kMaxMatches = 100;
constexpr std::size_t kMaxShort = 1024;  // of names, titles and addresses

std::string shorten(std::string_view text, std::size_t most = kMaxShort) {
  return to_valid_utf8(utf8_prefix(text, most));
}

/// How much of the article's long fields is sent.
struct Room {
  std::size_t text;
  std::size_t matches = kMaxMatches;
};

void write_article(const Article& in, std::size_t text_room, v1::Article& out) {
  out.set_url(shorten(in.url));
  out.set_canonical_url(shorten(in.canonical_url));
  out.set_title(shorten(in.title));
  out.set_text(shorten(in.text, text_room));
  out.set_text_cut(in.text.size() > text_room);
  for (std::size_t i = 0; i < in.authors.size() && i < 20; ++i) out.add_authors(shorten(in.authors[i], 200));
  if (in.published) out.set_published_ms(to_ms(in.published->time));
  if (in.modified) out.set_modified_ms(to_ms(in.modified->time));
  out.set_language(shorten(in.language, 20));
  out.set_site(shorten(in.site));
  out.set_section(shorten(in.section));
  out.set_image(shorten(in.image));
  out.set_partial(in.partial);
}

void write_matches(const AlertInfo& info, const Room& room, v1::Alert& out) {
  const std::size_t title_end = utf8_prefix(info.article.title, kMaxShort).size();
  const std::size_t text_end = utf8_prefix(info.article.text, room.text).size();
  for (const AlertInfo::Term& term : info.matches) {
    if (static_cast<std::size_t>(out.matches_size()) >= room.matches) break;
    if (term.end > (term.field == "title" ? title_end : text_end)) continue;
    v1::TermMatch& match = *out.add_matches();
    match.set_term(shorten(term.term, 200));
    match.set_field(term.field);
    match.set_begin(static_cast<std::uint32_t>(term.begin));
    match.set_end(static_cast<std::uint32_t>(term.end));
    match.set_matched(shorten(term.matched, 200));
    match.set_alias_of(shorten(term.alias_of, 200));
  }
}

void write_watchlist(const AlertInfo::Watchlist& in, v1::Watchlist& out) {
  out.set_id(in.id);
  out.set_title(shorten(in.title));
  out.set_priority(in.priority);
  out.set_group(in.group);
  if (in.owner.empty() && in.contact.empty()) return;
  out.mutable_owner()->set_name(shorten(in.owner));
  out.mutable_owner()->set_contact(shorten(in.contact));
}

std::string print(const AlertInfo& info, const Room& room) {
  v1::Alert alert;
  write_watchlist(info.watchlist, *alert.mutable_watchlist());
  alert.mutable_source()->set_id(info.source.id);
  alert.mutable_source()->set_name(shorten(info.source.name));
  for (const std::string& tag : info.source.tags) alert.mutable_source()->add_tags(shorten(tag, 100));
  alert.set_item_id(shorten(info.item_id));
  alert.set_revision(info.revision);
  alert.set_story_id(info.story);
  write_article(info.article, room.text, *alert.mutable_article());
  write_matches(info, room, alert);
  alert.set_sentence(shorten(info.sentence));
  alert.set_score(info.score);
  alert.set_mentions(static_cast<std::uint32_t>(info.mentions));
  alert.set_quiet(info.quiet);
  alert.set_held_since_ms(to_ms(info.held_since));
  v1::Latency& latency = *alert.mutable_latency();
  if (info.article.published) latency.set_published_ms(to_ms(info.article.published->time));
  latency.set_seen_ms(to_ms(info.latency.seen));
  latency.set_fetched_ms(to_ms(info.latency.fetched));
  latency.set_matched_ms(to_ms(info.latency.matched));
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(alert, &json);
  if (!status.ok()) throw std::runtime_error("an alert could not be written as JSON: " + status.ToString());
  return json;
}

}  // namespace

std::string alert_json(const AlertInfo& info) {
  constexpr std::size_t kMost = kMaxBody - kRoomToComplete;
  Room room{std::clamp<std::size_t>(info.article.text.size(), 1, kMost)};
  std::string json = print(info, room);
  // Escapes make JSON longer than the text, so the room is halved until it fits.
  while (json.size() > kMost && room.text + room.matches > 0) {
    if (room.text > 0) {
      room.text = room.text > kMost ? kMost : room.text / 2;
    } else {
      room.matches /= 2;
    }
    json = print(info, room);
  }
  return json;
}

std::string complete_body(std::string_view body, Time committed, Time sent) {
  if (!body.ends_with("}}")) return std::string(body);
  std::string out(body.substr(0, body.size() - 2));
  out += fmt::format(",\"committedMs\":\"{}\",\"sentMs\":\"{}\"}}}}", to_ms(committed), to_ms(sent));
  return out;
}

}  // namespace pw::bus
