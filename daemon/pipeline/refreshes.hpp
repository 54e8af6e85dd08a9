#pragma once
/// Answers that only redirect to another address.

#include "fetch/fetch_types.hpp"

#include <string>
#include <string_view>

namespace pw::pipeline {

/// Refreshes that are followed one after the other.
inline constexpr unsigned kMaxRefreshes = 3;

/// The URL to which an HTML answer redirects within ten seconds, by a Refresh header or a meta element; empty if it
/// does not. Pure.
std::string refresh_of(const fetch::FetchResponse& response);

/// False if the response cannot have a refresh: a cheap check before the body is decoded.
bool can_refresh(const fetch::FetchResponse& response);

/// The same as the first for a response whose body has been decoded to `html` already.
std::string refresh_of(const fetch::FetchResponse& response, std::string_view html);

}  // namespace pw::pipeline
