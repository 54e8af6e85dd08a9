#pragma once
/// One answer for a command: from the network with all manners and the address guard, or from a file.

#include "config/settings.hpp"
#include "core/result.hpp"
#include "fetch/fetch_types.hpp"

#include <string>

namespace pw::cli {

bool is_url(const std::string& target);

/// `allow_private` lets the address guard pass loopback and private networks.
Result<fetch::FetchResponse> fetch_once(fetch::FetchRequest request, const config::FetchSettings& settings,
                                        bool allow_private);

/// The file as if it had been fetched from `url`, with status 200.
Result<fetch::FetchResponse> read_saved(const std::string& file, const std::string& url);

}  // namespace pw::cli
