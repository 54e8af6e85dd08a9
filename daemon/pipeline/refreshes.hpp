#pragma once
/// Answers that only redirect to another address.

#include "fetch/fetch_types.hpp"

#include <string>

namespace pw::pipeline {

/// The URL to which an HTML answer redirects within ten seconds, by a Refresh header or a meta element; empty if it
/// does not. Pure.
std::string refresh_of(const fetch::FetchResponse& response);

}  // namespace pw::pipeline
