#pragma once
/// Percent-encoding by the URL Standard, section 1.3, and what the files of the URL reader share.

#include "core/result.hpp"

#include <string>
#include <string_view>

namespace pw::text {

enum class EncodeSet { c0_control, fragment, query, special_query, path, userinfo };

/// Appends `text` (UTF-8) with the bytes of the set written as %XX.
void percent_encode(std::string& out, std::string_view text, EncodeSet set);

/// The bytes behind the escapes; what is no escape stays.
std::string percent_decode(std::string_view text);

/// The host of a URL that is not special: escaped, otherwise as written.
Result<std::string> parse_opaque_host(std::string_view host);

/// True only for a text that is an absolute http or https URL and its own serialisation: what most links are. False
/// says nothing.
bool is_serialised_web_url(std::string_view text) noexcept;

}  // namespace pw::text
