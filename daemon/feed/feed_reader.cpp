#include "feed/feed_reader.hpp"

#include "core/text.hpp"
#include "feed/feed_entries.hpp"
#include "text/markup/entities.hpp"

#include <array>

namespace pw::feed {
namespace {

constexpr auto kNpos = std::string_view::npos;
constexpr std::size_t kSearches = 8;
constexpr std::size_t kSearchWindow = 64 * 1024;

bool is_core(FeedNs ns) { return ns == FeedNs::rss || ns == FeedNs::atom; }

bool is_root(FeedTag tag) {
  return tag == FeedTag::rss_root || tag == FeedTag::rdf_root || tag == FeedTag::feed_root || tag == FeedTag::channel;
}

}  // namespace

FeedReader::FeedReader(std::string_view document, std::string_view base_url, Time now)
    : doc_(document), soup_(document), scope_(base_url), now_(now), search_budget_(document.size() * kSearches) {}

Result<Feed> FeedReader::read() {
  for (;;) {
    const text::SoupToken token = soup_.next(scope_.empty() ? std::string_view{} : scope_.top().name);
    switch (token.kind) {
      case text::SoupToken::Kind::end_of_input:
        if (!started_) return fail(Errc::parse, "not a feed: no RSS, RDF or Atom found");
        return finish();
      case text::SoupToken::Kind::text:
      case text::SoupToken::Kind::cdata: on_text(token); break;
      case text::SoupToken::Kind::start_tag:
        if (!started_) {
          if (auto error = refuse(token)) return *error;
        }
        on_start(token);
        break;
      case text::SoupToken::Kind::end_tag: on_end(token); break;
      case text::SoupToken::Kind::other: break;
    }
  }
}

std::optional<Error> FeedReader::refuse(const text::SoupToken& token) const {
  const std::string name = ascii_lower(text::local_name(token.name).substr(0, 16));
  if (name == "html" || name == "head") return fail(Errc::parse, "not a feed, but an HTML page");
  if (name == "urlset" || name == "sitemapindex") return fail(Errc::parse, "not a feed, but a sitemap");
  if (name == "opml") return fail(Errc::parse, "not a feed, but an OPML list of feeds");
  return std::nullopt;
}

void FeedReader::on_text(const text::SoupToken& token) {
  if (!capture_.active) return;
  const bool literal = token.kind == text::SoupToken::Kind::cdata;
  if (capture_.kind == TextKind::nested) {
    if (literal) {
      text::append_escaped(capture_.text, token.text);
    } else {
      capture_.text += token.text;
    }
  } else if (literal) {
    capture_.text += token.text;
  } else {
    text::append_decoded(capture_.text, token.text);
  }
}

void FeedReader::on_start(const text::SoupToken& token) {
  if (!token.text.empty()) scope_.declare(token.text);
  FeedName name = scope_.resolve(token.name);
  if (!started_ && !try_root(token, name)) {
    scope_.undeclare();
    return;
  }
  if (capture_.active && starts_next_entry(token.name)) {
    name = start_outside(token, entry_depth_);
  } else if (capture_.active && ends_capture(name)) {
    const bool inner = name.tag == FeedTag::name || name.tag == FeedTag::email || name.tag == FeedTag::uri;
    if (inner) {
      capture_.active = false;
    } else {
      name = start_outside(token, capture_.depth);
    }
  }
  if (scope_.depth() >= kMaxFeedDepth && name.tag != FeedTag::entry) {
    scope_.undeclare();
    if (!token.self_closing) ++too_deep_;
    return;
  }
  const std::size_t depth = scope_.depth();
  if (capture_.active) {
    capture_.has_elements = true;
    capture_.text += token.source;
    open(token, name, FeedPlace::markup);
  } else {
    dispatch(token, name);
  }
  if (token.self_closing && scope_.depth() > 0 && (scope_.depth() > depth || name.tag == FeedTag::entry)) close_top();
}

/// Closes the elements whose end tag is missing, and resolves the name of the element that follows them.
FeedName FeedReader::start_outside(const text::SoupToken& token, std::size_t depth) {
  close_to(depth);
  feed_.damaged = true;
  if (!token.text.empty()) scope_.declare(token.text);
  return scope_.resolve(token.name);
}

/// Also matches when unclosed markup inside the entry has declared another default namespace.
bool FeedReader::starts_next_entry(std::string_view name) const { return entry_.has_value() && name == entry_name_; }

/// Everything before the root element of a feed (or, if that is missing, before the first entry) is ignored.
bool FeedReader::try_root(const text::SoupToken& token, FeedName& name) {
  const std::string_view local = text::local_name(token.name);
  if (name.ns == FeedNs::other || name.ns == FeedNs::rdf) {
    if (ascii_iequals(local, "rss")) scope_.adopt(token.name, FeedNs::rss);
    if (ascii_iequals(local, "feed")) scope_.adopt(token.name, FeedNs::atom);
    if (name.tag == FeedTag::rdf_root && scope_.resolve("item").ns == FeedNs::other) scope_.adopt("item", FeedNs::rss);
    name = scope_.resolve(token.name);
  }
  if (!is_core(name.ns) && name.ns != FeedNs::rdf) return false;
  switch (name.tag) {
    case FeedTag::rss_root: feed_.kind = "rss"; break;
    case FeedTag::rdf_root: feed_.kind = "rdf"; break;
    case FeedTag::feed_root: feed_.kind = "atom"; break;
    case FeedTag::channel:
    case FeedTag::entry:
      feed_.kind = ascii_iequals(local, "entry") ? "atom" : "rss";
      feed_.damaged = true;
      break;
    default: return false;
  }
  started_ = true;
  return true;
}

/// True for elements that end the current field, whose own end tag is missing.
bool FeedReader::ends_capture(FeedName name) const {
  if (name.tag == FeedTag::unknown || name.ns == FeedNs::xhtml) return false;
  if (capture_.kind == TextKind::nested) {
    // The markup has a single root element. What follows it in the feed's own namespace is the next field.
    const bool behind = capture_.has_elements && scope_.depth() == capture_.depth + 1;
    return is_core(name.ns) && (name.tag == FeedTag::entry || (behind && name.ns == FeedNs::atom));
  }
  switch (name.tag) {
    case FeedTag::name:
    case FeedTag::email:
    case FeedTag::uri: return capture_.what.tag == FeedTag::author;
    case FeedTag::url:
    case FeedTag::source:
    case FeedTag::image:
    case FeedTag::text_input:
    case FeedTag::created:
    case FeedTag::media_item: return false;
    default: return true;
  }
}

void FeedReader::dispatch(const text::SoupToken& token, FeedName name) {
  const bool sealed = scope_.place() == FeedPlace::extension && is_sealed(name.tag == FeedTag::entry);
  if (name.tag == FeedTag::entry && is_core(name.ns) && !sealed) {
    open_entry(token, name);
  } else if (sealed) {
    open(token, name, FeedPlace::extension);
  } else if (is_root(name.tag) && (is_core(name.ns) || name.ns == FeedNs::rdf)) {
    if (entry_ && name.tag != FeedTag::channel) close_to(entry_depth_);
    open(token, name, FeedPlace::channel);
    head_.set(FeedDraft::language, 1, scope_.language());
  } else if (name.tag == FeedTag::unknown) {
    open(token, name, FeedPlace::extension);
  } else {
    const std::size_t index = scope_.depth();
    open(token, name, FeedPlace::hidden);
    const FeedPlace place = start_field(token, name);
    if (scope_.depth() > index) scope_.top().place = place;
  }
}

void FeedReader::open(const text::SoupToken& token, FeedName name, FeedPlace place) {
  scope_.open({token.name, name, place, false, false});
}

void FeedReader::open_entry(const text::SoupToken& token, FeedName name) {
  if (entry_) {
    feed_.damaged = true;
    close_to(entry_depth_);
    scope_.declare(token.text);
  }
  while (scope_.depth() >= kMaxFeedDepth) close_top();
  too_deep_ = 0;
  if (!late_.blank()) {
    head_.fill_from(late_);
    late_ = {};
  }
  entry_.emplace();
  entry_depth_ = scope_.depth();
  entry_name_ = token.name;
  open(token, name, FeedPlace::entry);
  entry_->set(FeedDraft::language, 1, scope_.language());
  if (token.text.empty()) return;
  const std::string about = attribute(token.text, "rdf:about");
  entry_->set(FeedDraft::id, 2, about);
}

/// True if the content of the open extension element belongs to the extension. Called only if there is content.
bool FeedReader::is_sealed(bool for_entry) {
  OpenElement& element = scope_.top();
  if (element.what.ns == FeedNs::known || (for_entry && is_core(element.what.ns))) return false;
  if (!element.searched) {
    element.closed = search_end(element, for_entry);
    element.searched = true;
  }
  return element.closed;
}

bool FeedReader::search_end(OpenElement& element, bool for_entry) {
  std::string_view rest = doc_.substr(soup_.position());
  if (!for_entry) rest = rest.substr(0, kSearchWindow);
  rest = rest.substr(0, search_budget_);
  const std::string end_tag = "</" + std::string(element.name.substr(0, 64));
  if (entry_ && !for_entry) rest = rest.substr(0, rest.find("</" + std::string(entry_name_)));
  const std::size_t at = rest.find(end_tag);
  search_budget_ -= at == kNpos ? rest.size() : at;
  return at != kNpos;
}

void FeedReader::on_end(const text::SoupToken& token) {
  if (!started_) return;
  const FeedName name = scope_.resolve(token.name);
  const bool of_structure = (name.tag == FeedTag::entry && is_core(name.ns)) || is_root(name.tag);
  if (too_deep_ > 0 && !of_structure) {
    --too_deep_;
    return;
  }
  const auto& elements = scope_.elements();
  const std::size_t floor = entry_ && !of_structure ? entry_depth_ + 1 : 0;
  for (std::size_t i = elements.size(); i > floor; --i) {
    if (!ascii_iequals(elements[i - 1].name, token.name)) continue;
    if (capture_.active && i - 1 > capture_.depth) capture_.text += token.source;
    if (i != elements.size()) feed_.damaged = true;
    too_deep_ = 0;
    close_to(i - 1);
    return;
  }
  feed_.damaged = true;
  if (name.tag == FeedTag::entry && is_core(name.ns) && !entry_) stray_entry_end();
}

/// Fields followed by an end tag without a start tag: they belong to an entry whose start tag is missing.
void FeedReader::stray_entry_end() {
  if (late_.blank() || feed_.entries.empty()) return;
  add_entry(feed_, std::move(late_.entry));
  late_ = {};
}

void FeedReader::close_to(std::size_t depth) {
  while (scope_.depth() > depth) close_top();
}

void FeedReader::close_top() {
  const std::size_t index = scope_.depth() - 1;
  if (capture_.active && capture_.depth == index) finish_capture();
  const FeedPlace place = scope_.top().place;
  if (place == FeedPlace::person) finish_person();
  scope_.close();
  if (place == FeedPlace::entry && entry_ && index == entry_depth_) finish_entry();
}

void FeedReader::finish_entry() {
  add_entry(feed_, std::move(*entry_).finish());
  entry_.reset();
}

Feed FeedReader::finish() {
  if (!scope_.empty()) feed_.damaged = true;
  close_to(0);
  feed_.damaged = feed_.damaged || soup_.damaged();
  head_.fill_from(late_);
  FeedEntry& head = head_.entry;
  feed_.title = std::move(head.title);
  feed_.url = std::move(head.url);
  feed_.language = std::move(head.language);
  feed_.published = std::move(head.published);
  feed_.updated = std::move(head.updated);
  if (update_period_ > 0) feed_.update_period_minutes = static_cast<unsigned>(update_period_ / update_frequency_);
  for (FeedEntry& entry : feed_.entries) {
    if (entry.language.empty()) entry.language = feed_.language;
    if (entry.authors.empty() && feed_.kind == "atom") entry.authors = head.authors;
  }
  return std::move(feed_);
}

}  // namespace pw::feed
