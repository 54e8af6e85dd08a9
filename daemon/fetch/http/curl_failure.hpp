#pragma once
/// User-readable errors for curl's result codes.

#include "core/result.hpp"

#include <curl/curl.h>

#include <string_view>

namespace pw::fetch {

/// `detail` is curl's own text, or empty.
Error curl_failure(CURLcode code, std::string_view host, std::string_view detail);

}  // namespace pw::fetch
