#include "core/text.hpp"
#include "feed/feed_reader.hpp"
#include "text/markup/entities.hpp"
#include "text/url/url.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace pw::feed {
namespace {

constexpr int kMaxTtl = 60 * 24 * 366;

/// Elements of the feed format itself rank above Dublin Core, then podcast elements, then media elements.
std::uint8_t rank_of(FeedNs ns) {
  switch (ns) {
    case FeedNs::rss:
    case FeedNs::atom:
    case FeedNs::content: return 5;
    case FeedNs::dc: return 4;
    case FeedNs::itunes: return 3;
    case FeedNs::media: return 2;
    default: return 3;
  }
}

bool is_web_address(std::string_view text) {
  const std::string_view start = text.substr(0, 8);
  return (ascii_iequals(start.substr(0, 7), "http://") || ascii_iequals(start, "https://")) &&
         std::ranges::none_of(text, is_ascii_space);
}

std::optional<int> to_number(std::string_view text) {
  text = trim(text);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || value < 0) return std::nullopt;
  return value;
}

std::uint64_t period_minutes(std::string_view name) {
  constexpr std::uint64_t kHour = 60;
  if (ascii_iequals(name, "hourly")) return kHour;
  if (ascii_iequals(name, "daily")) return 24 * kHour;
  if (ascii_iequals(name, "weekly")) return 7 * 24 * kHour;
  if (ascii_iequals(name, "monthly")) return 30 * 24 * kHour;
  if (ascii_iequals(name, "yearly")) return 365 * 24 * kHour;
  return 0;
}

unsigned day_bit(std::string_view name) {
  constexpr std::array<std::string_view, 7> kDays{"sunday",   "monday", "tuesday", "wednesday",
                                                  "thursday", "friday", "saturday"};
  for (std::size_t day = 0; day < kDays.size(); ++day) {
    if (ascii_iequals(name, kDays[day])) return 1U << day;
  }
  return 0;
}

/// Returns text that is not valid base64 unchanged.
std::string decode_base64(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    std::uint32_t value = 0;
    if (c >= 'A' && c <= 'Z') {
      value = static_cast<std::uint32_t>(c - 'A');
    } else if (c >= 'a' && c <= 'z') {
      value = static_cast<std::uint32_t>(c - 'a' + 26);
    } else if (c >= '0' && c <= '9') {
      value = static_cast<std::uint32_t>(c - '0' + 52);
    } else if (c == '+' || c == '/') {
      value = c == '+' ? 62 : 63;
    } else if (c == '=') {
      break;
    } else if (is_ascii_space(c)) {
      continue;
    } else {
      return std::string(text);
    }
    bits = bits << 6 | value;
    if (++count % 4 == 0) {
      for (const int shift : {16, 8, 0}) out += static_cast<char>(bits >> shift & 0xFF);
      bits = 0;
    }
  }
  if (count % 4 == 2) out += static_cast<char>(bits >> 4 & 0xFF);
  if (count % 4 == 3) {
    out += static_cast<char>(bits >> 10 & 0xFF);
    out += static_cast<char>(bits >> 2 & 0xFF);
  }
  return to_valid_utf8(out);
}

bool has_end_tag(std::string_view text) {
  for (std::size_t at = text.find("</"); at != std::string_view::npos; at = text.find("</", at + 2)) {
    if (at + 2 < text.size() && is_ascii_letter(text[at + 2])) return true;
  }
  return false;
}

/// "nobody@example.org (Some One)" and "Some One <nobody@example.org>" -> "Some One".
std::string person_name(std::string_view text) {
  text = trim(text);
  if (text.find('@') == std::string_view::npos) return std::string(text);
  const std::size_t open = text.find('(');
  if (open != std::string_view::npos && text.ends_with(')') && text.find('@') < open) {
    const std::string_view inner = trim(text.substr(open + 1, text.size() - open - 2));
    if (!inner.empty()) return std::string(inner);
  }
  const std::size_t angle = text.find('<');
  if (angle != std::string_view::npos && angle > 0 && text.find('@') > angle) {
    return std::string(trim(text.substr(0, angle)));
  }
  return std::string(text);
}

}  // namespace

FeedDraft& FeedReader::draft() {
  if (entry_) return *entry_;
  return feed_.entries.empty() ? head_ : late_;
}

std::string FeedReader::resolve(std::string_view reference) const {
  std::string url = text::resolve_url(reference, scope_.base());
  return url.empty() ? std::string(trim(reference)) : url;
}

std::string FeedReader::attribute(std::string_view attributes, std::string_view name) const {
  return text::decode_references(trim(text::soup_attribute(attributes, name)));
}

/// Starts the field of this element. Returns what its children belong to.
FeedPlace FeedReader::start_field(const text::SoupToken& token, FeedName name) {
  const FeedPlace parent = scope_.depth() > 1 ? scope_.elements()[scope_.depth() - 2].place : FeedPlace::outside;
  if (parent == FeedPlace::hidden) return FeedPlace::hidden;
  switch (name.tag) {
    case FeedTag::name:
    case FeedTag::email:
    case FeedTag::uri:
      if (parent == FeedPlace::person) begin_capture(token, name);
      return FeedPlace::markup;
    case FeedTag::url:
      if (parent == FeedPlace::image && entry_) begin_capture(token, name);
      return FeedPlace::markup;
    default: break;
  }
  if (parent == FeedPlace::person || parent == FeedPlace::image) return FeedPlace::hidden;
  switch (name.tag) {
    case FeedTag::link:
      if (text::soup_attribute(token.text, "href").data() != nullptr) {
        link_attributes(token.text);
        return FeedPlace::hidden;
      }
      begin_capture(token, name);
      return FeedPlace::markup;
    case FeedTag::author:
      person_ = {};
      begin_capture(token, name);
      return FeedPlace::person;
    case FeedTag::image:
      if (const std::string href = attribute(token.text, "href"); !href.empty() && entry_) {
        draft().set(FeedDraft::image, 2, resolve(href));
      }
      return FeedPlace::image;
    case FeedTag::text_input:
    case FeedTag::contributor: return FeedPlace::hidden;
    case FeedTag::source:
      if (feed_.kind == "atom" || name.ns == FeedNs::atom) return FeedPlace::hidden;
      begin_capture(token, name);
      return FeedPlace::markup;
    case FeedTag::skip_hours:
    case FeedTag::skip_days: return FeedPlace::list;
    case FeedTag::media_group: return FeedPlace::media;
    case FeedTag::media_item: media_attributes(token.text, name); return FeedPlace::media;
    case FeedTag::enclosure: media_attributes(token.text, name); return FeedPlace::hidden;
    case FeedTag::category:
      draft().add_category(attribute(token.text, "term"));
      begin_capture(token, name);
      return FeedPlace::markup;
    default: begin_capture(token, name); return FeedPlace::markup;
  }
}

void FeedReader::begin_capture(const text::SoupToken& token, FeedName name) {
  capture_.active = true;
  capture_.has_elements = false;
  capture_.what = name;
  capture_.kind = kind_of(token, name);
  capture_.depth = scope_.depth() - 1;
  capture_.attributes = token.text;
  capture_.text.clear();
}

FeedReader::TextKind FeedReader::kind_of(const text::SoupToken& token, FeedName name) const {
  if (name.ns == FeedNs::xhtml) return TextKind::nested;
  if (name.ns != FeedNs::atom) return TextKind::markup;
  const std::string_view type = trim(text::soup_attribute(token.text, "type"));
  const std::string_view mode = trim(text::soup_attribute(token.text, "mode"));
  if (ascii_iequals(mode, "base64")) return TextKind::base64;
  if (ascii_iequals(mode, "escaped")) return TextKind::markup;
  if (ascii_iequals(mode, "xml")) return TextKind::nested;
  if (ascii_iequals(type, "xhtml") || type.ends_with("+xml") || type.ends_with("/xml")) return TextKind::nested;
  if (ascii_iequals(type, "text") || ascii_iequals(type, "text/plain")) return TextKind::literal;
  if (type.empty() && mode.empty()) return TextKind::untyped;
  const bool binary = type.find('/') != std::string_view::npos && !ascii_iequals(type.substr(0, 5), "text/");
  const bool known_binary = name.tag == FeedTag::content || ascii_iequals(type, "application/octet-stream");
  return binary && known_binary ? TextKind::base64 : TextKind::markup;
}

void FeedReader::finish_capture() {
  capture_.active = false;
  const FeedName what = capture_.what;
  text::replace_controls(capture_.text);
  const std::string_view text = trim(capture_.text);
  if (what.tag == FeedTag::author) {
    if (person_.name.empty()) person_.name = person_name(text);
    return;
  }
  if (what.tag == FeedTag::id) {
    apply_id(what, text, capture_.attributes);
    return;
  }
  if (capture_.kind == TextKind::base64 && !capture_.has_elements) {
    apply(what, decode_base64(text), TextKind::markup, false);
    return;
  }
  TextKind kind = capture_.kind;
  // RFC 4287, 3.1.1: without a type, nothing is markup. Feeds of the older kind mean it nevertheless.
  if (kind == TextKind::untyped) kind = has_end_tag(text) ? TextKind::markup : TextKind::literal;
  apply(what, text, kind, capture_.has_elements);
}

void FeedReader::apply(FeedName name, std::string_view text, TextKind kind, bool has_elements) {
  if (text.empty()) return;
  FeedDraft& target = draft();
  const std::uint8_t rank = rank_of(name.ns);
  const bool literal = kind == TextKind::literal && !has_elements;
  std::string escaped;
  if (literal) text::append_escaped(escaped, text);
  const std::string_view markup = literal ? escaped : text;
  switch (name.tag) {
    case FeedTag::title:
      if (target.wants(FeedDraft::title, rank)) target.set(FeedDraft::title, rank, text::plain_line(markup));
      return;
    case FeedTag::summary:
      if (target.wants(FeedDraft::summary, rank)) target.set(FeedDraft::summary, rank, std::string(markup));
      return;
    case FeedTag::subtitle:
      if (entry_) target.set(FeedDraft::summary, 1, std::string(text));
      return;
    case FeedTag::content:
    case FeedTag::body: {
      const std::uint8_t content_rank = name.tag == FeedTag::body ? 3 : rank;
      if (target.wants(FeedDraft::content, content_rank))
        target.set(FeedDraft::content, content_rank, std::string(markup));
      return;
    }
    case FeedTag::published: target.set_date(FeedDraft::published, rank, text, now_); return;
    case FeedTag::created: target.set_date(FeedDraft::published, 1, text, now_); return;
    case FeedTag::updated: target.set_date(FeedDraft::updated, rank, text, now_); return;
    case FeedTag::link: target.set(FeedDraft::url, 5, resolve(text)); return;
    case FeedTag::orig_link: target.set(FeedDraft::url, 9, resolve(text)); return;
    case FeedTag::creator: target.add_author(rank, person_name(text)); return;
    case FeedTag::category: target.add_category(text::plain_line(text)); return;
    case FeedTag::language: target.set(FeedDraft::language, rank, std::string(text)); return;
    case FeedTag::url: target.set(FeedDraft::image, 2, resolve(text)); return;
    case FeedTag::name: person_.name = text::plain_line(markup); return;
    case FeedTag::email: person_.email = text; return;
    case FeedTag::uri: person_.uri = text; return;
    default: apply_feed_setting(name.tag, text);
  }
}

void FeedReader::apply_id(FeedName name, std::string_view text, std::string_view attributes) {
  if (text.empty()) return;
  FeedDraft& target = draft();
  target.set(FeedDraft::id, name.ns == FeedNs::dc ? 1 : 5, std::string(text));
  if (!entry_ || !is_web_address(text)) return;
  const bool is_guid = name.ns == FeedNs::rss && feed_.kind != "atom";
  const bool is_link = is_guid && !ascii_iequals(trim(text::soup_attribute(attributes, "isPermaLink")), "false");
  // an id that is a URL is better than no URL, even if it does not claim to be a link
  target.set(FeedDraft::url, is_link ? 3 : 1, resolve(text));
}

void FeedReader::apply_feed_setting(FeedTag tag, std::string_view text) {
  switch (tag) {
    case FeedTag::ttl:
      if (const auto minutes = to_number(text); minutes && *minutes <= kMaxTtl) feed_.ttl_minutes = *minutes;
      return;
    case FeedTag::hour:
      if (const auto hour = to_number(text); hour && *hour <= 24) feed_.skip_hours |= 1U << (*hour % 24);
      return;
    case FeedTag::day: feed_.skip_days |= day_bit(text); return;
    case FeedTag::update_period: update_period_ = period_minutes(text); return;
    case FeedTag::update_frequency:
      if (const auto times = to_number(text); times && *times > 0) {
        update_frequency_ = static_cast<std::uint64_t>(*times);
      }
      return;
    default: return;
  }
}

void FeedReader::link_attributes(std::string_view attributes) {
  const std::string href = attribute(attributes, "href");
  if (href.empty() && !scope_.states_base()) return;
  std::string rel = attribute(attributes, "rel");
  if (const std::size_t slash = rel.rfind('/'); slash != std::string::npos) rel.erase(0, slash + 1);
  const std::string type = ascii_lower(attribute(attributes, "type"));
  const std::string url = resolve(href);
  if (rel.empty() || rel == "alternate") {
    const bool page = type.empty() || type.find("html") != std::string::npos;
    draft().set(FeedDraft::url, page ? 7 : 6, url);
  } else if (ascii_iequals(rel, "alternate")) {
    draft().set(FeedDraft::url, 6, url);
  } else if (rel == "self" && !entry_) {
    if (feed_.self.empty()) feed_.self = url;
  } else if (rel == "hub" && !entry_) {
    if (feed_.hub.empty()) feed_.hub = url;
  } else if (rel == "enclosure" && entry_) {
    if (type.starts_with("image/")) {
      draft().set(FeedDraft::image, 3, url);
    } else {
      draft().set_file(url);
    }
  }
}

void FeedReader::media_attributes(std::string_view attributes, FeedName name) {
  if (!entry_) return;
  std::string_view url;
  std::string_view type;
  std::string_view medium;
  text::SoupAttributes walk(attributes);
  while (walk.next()) {
    const std::array<std::pair<std::string_view, std::string_view*>, 3> wanted{
        {{"url", &url}, {"type", &type}, {"medium", &medium}}};
    for (const auto& [key, value] : wanted) {
      if (value->data() == nullptr && ascii_iequals(walk.name, key)) *value = trim(walk.raw_value);
    }
  }
  if (url.empty()) return;
  const bool says_image = ascii_iequals(type.substr(0, 6), "image/") || ascii_iequals(medium, "image");
  if (says_image) {
    draft().set(FeedDraft::image, name.tag == FeedTag::enclosure ? 3 : 5, resolve(text::decode_references(url)));
  } else if (name.tag == FeedTag::enclosure) {
    draft().set_file(resolve(text::decode_references(url)));
  } else if (type.empty()) {
    draft().set(FeedDraft::image, 4, resolve(text::decode_references(url)));
  }
}

void FeedReader::finish_person() {
  std::string name = std::move(person_.name);
  if (name.empty()) name = std::move(person_.email);
  if (name.empty()) name = std::move(person_.uri);
  draft().add_author(5, std::move(name));
  person_ = {};
}

}  // namespace pw::feed
