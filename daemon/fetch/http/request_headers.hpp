#pragma once
/// Which request headers a source may set.

#include "core/result.hpp"
#include "fetch/fetch_types.hpp"

#include <optional>
#include <string_view>

namespace pw::fetch {

/// True for headers that carry credentials: they do not follow a redirect to another origin.
bool is_credential_header(std::string_view name) noexcept;

/// What is wrong with the first header that is not on the allow-list (Accept, Accept-Language, Authorization,
/// Cache-Control, Content-Type, X-Api-Key, X-Auth-Token) or whose value holds a control character.
std::optional<Error> check_request_headers(const Headers& headers);

}  // namespace pw::fetch
