#pragma once
/// How a request changes from one redirect hop to the next.

#include "fetch/fetch_types.hpp"

namespace pw::fetch {

bool is_redirect(int status) noexcept;

/// Adapts the request as browsers do (RFC 9110, 15.4): POST becomes GET except on 307 and 308, and credentials are not
/// sent to another origin.
void adapt_to_redirect(FetchRequest& request, int status, bool same_origin);

}  // namespace pw::fetch
