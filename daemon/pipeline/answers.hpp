#pragma once
/// Interpretation of HTTP statuses, and decoding of bodies. Pure.

#include "core/result.hpp"
#include "fetch/fetch_types.hpp"
#include "source/plugin.hpp"

#include <string>

namespace pw::pipeline {

/// True for 200, 203 (modified by a proxy) and 206 (partial content that was not requested).
bool is_readable(int status);

/// An error such as "https://host/feed answered 404", with an explanation.
Error status_error(const fetch::FetchResponse& response);

/// True if the same request may succeed later (timeouts, resets, 408, 425, 429, 5xx).
bool is_transient(const Error& error, int status);

struct Body {
  std::string text;  ///< UTF-8
  std::string note;  ///< any doubt about the decoding, or empty
};

/// Decodes an answer to text; gunzips it if the file itself is gzip.
Body decode_body(source::Plugin::Body kind, const fetch::FetchResponse& response);

}  // namespace pw::pipeline
