#pragma once
/// The element names of feeds, whatever prefix they wear, and the namespaces that they come from.

#include <cstdint>
#include <string_view>

namespace pw::feed {

/// What a namespace means to a feed reader. `rss` is also that of elements without a namespace.
enum class FeedNs : std::uint8_t {
  rss,
  atom,
  rdf,
  dc,  ///< Dublin Core, elements and terms
  content,
  media,
  itunes,
  feedburner,
  syndication,
  xhtml,
  known,  ///< an extension whose elements are leaves and say nothing that is read
  other,
};

/// What an element is for, in any dialect.
enum class FeedTag : std::uint8_t {
  unknown,
  rss_root,
  rdf_root,
  feed_root,
  channel,
  entry,
  title,
  link,
  id,
  summary,
  content,
  subtitle,  ///< the podcast's, a summary of last resort
  body,      ///< of XHTML, as the content of an RSS item
  published,
  updated,
  created,
  author,
  creator,
  contributor,
  name,
  email,
  uri,
  category,
  language,
  ttl,
  skip_hours,
  hour,
  skip_days,
  day,
  update_period,
  update_frequency,
  image,
  url,
  text_input,
  source,
  enclosure,
  media_item,  ///< media:content, media:thumbnail
  media_group,
  orig_link,
};

struct FeedName {
  FeedNs ns = FeedNs::other;
  FeedTag tag = FeedTag::unknown;
};

/// By URI; case, scheme http or https and a final '/' or '#' do not count.
FeedNs feed_namespace(std::string_view uri);

/// By the prefix that everybody uses, for prefixes that were never bound.
FeedNs feed_namespace_of_prefix(std::string_view prefix);

/// Without regard to case.
FeedTag feed_tag(FeedNs ns, std::string_view local_name);

}  // namespace pw::feed
