#pragma once
/// Recognises different URLs of the same article: tracking parameters, AMP and mobile variants. Any thread.

#include <string>
#include <string_view>

namespace pw::text {

/// Removes parameters (in query and fragment) that only carry campaign or click tracking. The rest is unchanged, byte
/// for byte and in order, so the URL can still be fetched. A "ref" parameter is removed if it names `page`, the page
/// that contained the link. Anything but a web URL is returned unchanged.
std::string clean_url(std::string_view url, std::string_view page = {});

/// One key for all addresses of one article: clean_url, and then https for http, no default port, user, "www.", "m." or
/// "amp." in front of the host, AMP path or parameter, index file, trailing slash, session id (path and query) or cache
/// buster; parameters sorted. Of fragments only the routes of applications ("#!…", "#/…") stay. For comparing only: the
/// key need not be fetchable. What is not a web URL comes back as it is.
std::string article_key(std::string_view url);

/// The steady form of what a source uses as an id (guid, atom:id, loc of a sitemap): of a web URL its article_key, with
/// any fragment; of everything else ("tag:…", "urn:…", "4711") the id itself without white space around it.
std::string id_key(std::string_view id);

/// The host in lower case without a leading "www.", "m.", "mobile." or "amp.", as far as two labels remain.
std::string registrable_site(std::string_view host);

/// True if a parameter of this name ("utm_source", "fbclid") only serves tracking. Ignores case.
bool is_tracking_parameter(std::string_view name);

}  // namespace pw::text
