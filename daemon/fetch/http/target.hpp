#pragma once
/// Where a request goes.

#include "core/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace pw::fetch {

/// An absolute http or https URL as parse_url serialises it. curl is given that serialisation and no other text, so
/// that what is checked is what is fetched.
struct Target {
  std::string url;   ///< normalised, without fragment
  std::string host;  ///< normalised, without brackets
  std::uint16_t port = 0;
  std::string origin;  ///< "https://host" with the port where it is not the scheme's own
  std::string visit;   ///< what has turns: the host, with the port where it is neither 80 nor 443
};

/// Errc::invalid, or Errc::refused for other schemes.
Result<Target> parse_target(std::string_view url);

/// `reference` (a Location header) seen from `base`.
Result<Target> resolve_target(const Target& base, std::string_view reference);

}  // namespace pw::fetch
