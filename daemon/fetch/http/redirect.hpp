#pragma once
/// What changes from one hop of a redirect to the next.

#include "fetch/fetch_types.hpp"

namespace pw::fetch {

bool is_redirect(int status) noexcept;

/// What a browser sends to the next hop (RFC 9110, 15.4): POST becomes GET unless 307 or 308 forbid it, credentials
/// stay with their origin.
void adapt_to_redirect(FetchRequest& request, int status, bool same_origin);

}  // namespace pw::fetch
