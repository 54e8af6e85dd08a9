#include "feed/feed_names.hpp"

#include "core/text.hpp"

#include <array>
#include <span>
#include <string>

namespace pw::feed {
namespace {

struct NamedNs {
  std::string_view name;
  FeedNs ns;
};

struct NamedTag {
  std::string_view name;
  FeedTag tag;
};

// Without scheme, in lower case, without a trailing '/' or '#'.
constexpr auto kUris = std::to_array<NamedNs>({
    {"", FeedNs::rss},
    {"www.w3.org/2005/atom", FeedNs::atom},
    {"purl.org/atom/ns", FeedNs::atom},
    {"purl.org/rss/1.0", FeedNs::rss},
    {"channel.netscape.com/rdf/simple/0.9", FeedNs::rss},
    {"my.netscape.com/rdf/simple/0.9", FeedNs::rss},
    {"my.netscape.com/publish/formats/rss-0.91.dtd", FeedNs::rss},
    {"backend.userland.com/rss", FeedNs::rss},
    {"backend.userland.com/rss2", FeedNs::rss},
    {"backend.userland.com/rss091", FeedNs::rss},
    {"blogs.law.harvard.edu/tech/rss", FeedNs::rss},
    {"cyber.law.harvard.edu/rss/rss.html", FeedNs::rss},
    {"purl.org/net/rss1.1", FeedNs::rss},
    {"www.w3.org/1999/02/22-rdf-syntax-ns", FeedNs::rdf},
    {"purl.org/dc/elements/1.0", FeedNs::dc},
    {"purl.org/dc/elements/1.1", FeedNs::dc},
    {"purl.org/dc/terms", FeedNs::dc},
    {"purl.org/rss/1.0/modules/content", FeedNs::content},
    {"search.yahoo.com/mrss", FeedNs::media},
    {"www.rssboard.org/media-rss", FeedNs::media},
    {"www.itunes.com/dtds/podcast-1.0.dtd", FeedNs::itunes},
    {"www.google.com/schemas/play-podcasts/1.0", FeedNs::itunes},
    {"rssnamespace.org/feedburner/ext/1.0", FeedNs::feedburner},
    {"purl.org/rss/1.0/modules/syndication", FeedNs::syndication},
    {"www.w3.org/1999/xhtml", FeedNs::xhtml},
    {"purl.org/rss/1.0/modules/slash", FeedNs::known},
    {"wellformedweb.org/commentapi", FeedNs::known},
    {"purl.org/syndication/thread/1.0", FeedNs::known},
    {"www.georss.org/georss", FeedNs::known},
    {"www.w3.org/2003/01/geo/wgs84_pos", FeedNs::known},
    {"purl.org/rss/1.0/modules/taxonomy", FeedNs::known},
    {"webns.net/mvcb", FeedNs::known},
    {"creativecommons.org/ns", FeedNs::known},
    {"com-wordpress:feed-additions:1", FeedNs::known},
});

constexpr auto kPrefixes = std::to_array<NamedNs>({
    {"atom", FeedNs::atom},      {"atom10", FeedNs::atom},       {"a10", FeedNs::atom},
    {"rdf", FeedNs::rdf},        {"rss", FeedNs::rss},           {"dc", FeedNs::dc},
    {"dcterms", FeedNs::dc},     {"content", FeedNs::content},   {"media", FeedNs::media},
    {"itunes", FeedNs::itunes},  {"googleplay", FeedNs::itunes}, {"feedburner", FeedNs::feedburner},
    {"sy", FeedNs::syndication}, {"xhtml", FeedNs::xhtml},       {"slash", FeedNs::known},
    {"wfw", FeedNs::known},      {"thr", FeedNs::known},         {"georss", FeedNs::known},
    {"geo", FeedNs::known},
});

constexpr auto kCore = std::to_array<NamedTag>({
    {"title", FeedTag::title},
    {"link", FeedTag::link},
    {"description", FeedTag::summary},
    {"pubdate", FeedTag::published},
    {"guid", FeedTag::id},
    {"id", FeedTag::id},
    {"item", FeedTag::entry},
    {"entry", FeedTag::entry},
    {"updated", FeedTag::updated},
    {"published", FeedTag::published},
    {"summary", FeedTag::summary},
    {"content", FeedTag::content},
    {"author", FeedTag::author},
    {"name", FeedTag::name},
    {"email", FeedTag::email},
    {"uri", FeedTag::uri},
    {"url", FeedTag::url},
    {"category", FeedTag::category},
    {"contributor", FeedTag::contributor},
    {"modified", FeedTag::updated},
    {"issued", FeedTag::published},
    {"created", FeedTag::created},
    {"lastbuilddate", FeedTag::updated},
    {"enclosure", FeedTag::enclosure},
    {"source", FeedTag::source},
    {"image", FeedTag::image},
    {"textinput", FeedTag::text_input},
    {"language", FeedTag::language},
    {"managingeditor", FeedTag::author},
    {"ttl", FeedTag::ttl},
    {"skiphours", FeedTag::skip_hours},
    {"hour", FeedTag::hour},
    {"skipdays", FeedTag::skip_days},
    {"day", FeedTag::day},
    {"channel", FeedTag::channel},
    {"rss", FeedTag::rss_root},
    {"feed", FeedTag::feed_root},
    {"rdf", FeedTag::rdf_root},
    {"body", FeedTag::body},
    {"fullitem", FeedTag::content},
});

constexpr auto kDublinCore = std::to_array<NamedTag>({
    {"title", FeedTag::title},
    {"creator", FeedTag::creator},
    {"author", FeedTag::creator},
    {"date", FeedTag::published},
    {"issued", FeedTag::published},
    {"modified", FeedTag::updated},
    {"created", FeedTag::created},
    {"subject", FeedTag::category},
    {"description", FeedTag::summary},
    {"abstract", FeedTag::summary},
    {"language", FeedTag::language},
    {"identifier", FeedTag::id},
});

constexpr auto kMedia = std::to_array<NamedTag>({
    {"title", FeedTag::title},
    {"description", FeedTag::summary},
    {"content", FeedTag::media_item},
    {"thumbnail", FeedTag::media_item},
    {"group", FeedTag::media_group},
});

constexpr auto kItunes = std::to_array<NamedTag>({
    {"title", FeedTag::title},
    {"author", FeedTag::creator},
    {"summary", FeedTag::summary},
    {"description", FeedTag::summary},
    {"subtitle", FeedTag::subtitle},
    {"image", FeedTag::image},
});

constexpr auto kRdf = std::to_array<NamedTag>({{"rdf", FeedTag::rdf_root}});
constexpr auto kContent = std::to_array<NamedTag>({{"encoded", FeedTag::content}});
constexpr auto kXhtml = std::to_array<NamedTag>({{"body", FeedTag::body}});
constexpr auto kFeedburner = std::to_array<NamedTag>({{"origlink", FeedTag::orig_link}});
constexpr auto kSyndication = std::to_array<NamedTag>({
    {"updateperiod", FeedTag::update_period},
    {"updatefrequency", FeedTag::update_frequency},
});

std::span<const NamedTag> tags_of(FeedNs ns) {
  switch (ns) {
    case FeedNs::rss:
    case FeedNs::atom: return kCore;
    case FeedNs::rdf: return kRdf;
    case FeedNs::dc: return kDublinCore;
    case FeedNs::content: return kContent;
    case FeedNs::media: return kMedia;
    case FeedNs::itunes: return kItunes;
    case FeedNs::feedburner: return kFeedburner;
    case FeedNs::syndication: return kSyndication;
    case FeedNs::xhtml: return kXhtml;
    case FeedNs::known:
    case FeedNs::other: return {};
  }
  return {};
}

FeedNs find_ns(std::span<const NamedNs> list, std::string_view name) {
  for (const NamedNs& known : list) {
    if (known.name == name) return known.ns;
  }
  return FeedNs::other;
}

}  // namespace

FeedNs feed_namespace(std::string_view uri) {
  constexpr std::size_t kLongest = 100;
  const std::string lower = ascii_lower(trim(uri).substr(0, kLongest));
  std::string_view name = lower;
  const std::size_t slashes = name.find("://");
  if (slashes != std::string_view::npos) name.remove_prefix(slashes + 3);
  while (!name.empty() && (name.back() == '/' || name.back() == '#')) name.remove_suffix(1);
  return find_ns(kUris, name);
}

FeedNs feed_namespace_of_prefix(std::string_view prefix) { return find_ns(kPrefixes, ascii_lower(prefix)); }

FeedTag feed_tag(FeedNs ns, std::string_view local_name) {
  for (const NamedTag& known : tags_of(ns)) {
    if (ascii_iequals(known.name, local_name)) return known.tag;
  }
  return FeedTag::unknown;
}

}  // namespace pw::feed
