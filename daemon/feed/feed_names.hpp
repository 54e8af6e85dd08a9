#pragma once
/// The vocabularies of feeds: namespaces and element names, independent of prefixes. Any thread.

#include <cstdint>
#include <string_view>

namespace pw::feed {

/// The namespaces known to the feed parser. Elements without a namespace count as `rss`.
enum class FeedNs : std::uint8_t {
  rss,
  atom,
  rdf,
  dc,  ///< Dublin Core elements and terms
  content,
  media,
  itunes,
  feedburner,
  syndication,
  xhtml,
  known,  ///< an extension whose elements are leaves without relevant content
  other,
};

/// The role of an element, in any format.
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
  subtitle,  ///< of podcasts; a last resort for the summary
  body,      ///< an XHTML body used as the content of an RSS item
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

/// A resolved element name.
struct FeedName {
  FeedNs ns = FeedNs::other;
  FeedTag tag = FeedTag::unknown;
};

/// Looks up a namespace by its URI, ignoring case, http or https, and a trailing '/' or '#'.
FeedNs feed_namespace(std::string_view uri);

/// Looks up a namespace by its conventional prefix, for prefixes that were never declared.
FeedNs feed_namespace_of_prefix(std::string_view prefix);

/// Looks up an element, ignoring case.
FeedTag feed_tag(FeedNs ns, std::string_view local_name);

}  // namespace pw::feed
