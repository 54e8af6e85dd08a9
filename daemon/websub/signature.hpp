#pragma once
/// X-Hub-Signature of WebSub, section 7.

#include <string>
#include <string_view>

namespace pw::websub {

/// True when `header` ("sha256=<hex>"; also sha1, sha384, sha512) is the HMAC of the body under the secret. Takes the
/// same time for every wrong signature of the right length. Any thread.
bool is_signed(std::string_view header, std::string_view secret, std::string_view body);

/// The lower-case hex of the HMAC, or "" for an unknown method.
std::string sign(std::string_view method, std::string_view secret, std::string_view body);

}  // namespace pw::websub
