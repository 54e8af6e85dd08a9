#pragma once
/// Percent-encoding (URL Standard, section 1.3) and helpers shared by the URL parser's files. Any thread.

#include "core/result.hpp"

#include <string>
#include <string_view>

namespace pw::text {

/// The percent-encode sets of the URL Standard.
enum class EncodeSet { c0_control, fragment, query, special_query, path, userinfo };

/// Appends `text` (UTF-8), with the bytes in `set` written as %XX.
void percent_encode(std::string& out, std::string_view text, EncodeSet set);

/// Decodes %XX escapes; malformed escapes are kept as they are.
std::string percent_decode(std::string_view text);

/// Parses the host of a URL whose scheme is not special; it is escaped but not changed otherwise.
Result<std::string> parse_opaque_host(std::string_view host);

/// True only if `text` is an absolute http or https URL in serialised form, as most links are. False means unknown: use
/// parse_url.
bool is_serialised_web_url(std::string_view text) noexcept;

}  // namespace pw::text
