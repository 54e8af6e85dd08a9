#pragma once
/// The target of a request. Pure; any thread.

#include "core/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace pw::fetch {

/// An absolute http or https URL as serialised by parse_url. curl gets exactly this string, so that the checked URL is
/// the fetched one.
struct Target {
  std::string url;   ///< normalised, without fragment
  std::string host;  ///< normalised, without brackets
  std::uint16_t port = 0;
  std::string origin;  ///< "https://host", with the port if it is not the scheme's default
  std::string visit;   ///< the key of the host's queue: the host, with the port if it is neither 80 nor 443
};

/// Errc::refused for schemes other than http and https, Errc::invalid for other invalid URLs.
Result<Target> parse_target(std::string_view url);

/// Resolves `reference` (a Location header) against `base`. Errors as parse_target.
Result<Target> resolve_target(const Target& base, std::string_view reference);

}  // namespace pw::fetch
