#pragma once
/// Masks passwords and tokens in lines of the log.

#include <string>
#include <string_view>

namespace pw::log {

/// Returns the text with "***" in place of: user and password of a URL; the value of a parameter or a setting whose
/// name is that of a secret ("token=", "api_key: "), quoted or not; and the credentials of an Authorization header
/// ("Bearer ", "Basic "). Any thread.
std::string mask_secrets(std::string_view text);

/// Whether a parameter of this name holds a secret: "access_token", "apikey", "X-Amz-Signature". Ignores case.
bool names_a_secret(std::string_view name);

}  // namespace pw::log
