#pragma once
/// The X-Hub-Signature header (WebSub, section 7). Pure functions; any thread.

#include <string>
#include <string_view>

namespace pw::websub {

/// True if `header` ("sha256=<hex>"; also sha1, sha384, sha512) is the HMAC of `body` with `secret`. The comparison
/// takes constant time for signatures of the right length.
bool is_signed(std::string_view header, std::string_view secret, std::string_view body);

/// The HMAC in lower-case hex, or "" for an unknown method.
std::string sign(std::string_view method, std::string_view secret, std::string_view body);

}  // namespace pw::websub
