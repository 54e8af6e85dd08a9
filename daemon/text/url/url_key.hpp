#pragma once
/// Recognises different URLs of the same article: tracking parameters, AMP and mobile variants. Any thread.

#include <string>
#include <string_view>

namespace pw::text {

/// Removes parameters (in query and fragment) that only carry campaign or click tracking. The rest is unchanged, byte
/// for byte and in order, so the URL can still be fetched. A "ref" parameter is removed if it names `page`, the page
/// that contained the link. Anything but a web URL is returned unchanged.
std::string clean_url(std::string_view url, std::string_view page = {});

/// A key that is equal for all URLs of one article. Based on clean_url; additionally, http becomes https, and these are
/// removed: default port, user, host prefixes "www.", "m." and "amp.", AMP path or parameter, index file, trailing
/// slash, session ids (in path and query), cache busters, and fragments except routes of single-page applications
/// ("#!…", "#/…"). Parameters are sorted. For comparison only: the key need not be fetchable. Anything but a web URL is
/// returned unchanged.
std::string article_key(std::string_view url);

/// Normalises an id assigned by a source (guid, atom:id, loc of a sitemap): a web URL becomes its article_key,
/// including any fragment; any other id ("tag:…", "urn:…", "4711") is trimmed.
std::string id_key(std::string_view id);

/// The host in lower case without a leading "www.", "m.", "mobile." or "amp.", as long as two labels remain.
std::string registrable_site(std::string_view host);

/// True if a parameter of this name ("utm_source", "fbclid") only serves tracking. Ignores case.
bool is_tracking_parameter(std::string_view name);

}  // namespace pw::text
