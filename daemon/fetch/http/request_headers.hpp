#pragma once
/// The request headers that a source may set. Pure; any thread.

#include "core/result.hpp"
#include "fetch/fetch_types.hpp"

#include <optional>
#include <string_view>

namespace pw::fetch {

/// True for headers that carry credentials, which are not sent to another origin after a redirect.
bool is_credential_header(std::string_view name) noexcept;

/// Errc::invalid for the first header that is not on the allow-list (Accept, Accept-Language, Authorization,
/// Cache-Control, Content-Type, X-Api-Key, X-Auth-Token) or whose value contains a control character; nullopt if there
/// is none.
std::optional<Error> check_request_headers(const Headers& headers);

}  // namespace pw::fetch
