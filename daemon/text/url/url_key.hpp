#pragma once
/// Which addresses are one article: tracking parameters, AMP and mobile variants, and the key without them.

#include <string>
#include <string_view>

namespace pw::text {

/// The URL without parameters that only carry campaign or click tracking (query and fragment). The rest stays byte for
/// byte, in order, so that it can still be fetched. A "ref" goes too when it names `page`, where the link stood. What
/// is not a web URL comes back as it is.
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

/// True for the name of a parameter that only tracks ("utm_source", "fbclid"), without regard to case.
bool is_tracking_parameter(std::string_view name);

}  // namespace pw::text
