#pragma once
/// Fetches a single response for a command: from the network, subject to the daemon's fetch rules, or from a file.

#include "config/settings.hpp"
#include "core/result.hpp"
#include "fetch/fetch_types.hpp"

#include <string>

namespace pw::cli {

bool is_url(const std::string& target);

/// `allow_private` allows loopback and private networks.
Result<fetch::FetchResponse> fetch_once(fetch::FetchRequest request, const config::FetchSettings& settings,
                                        bool allow_private);

/// Returns the file as if it had been fetched from `url` with status 200.
Result<fetch::FetchResponse> read_saved(const std::string& file, const std::string& url);

}  // namespace pw::cli
