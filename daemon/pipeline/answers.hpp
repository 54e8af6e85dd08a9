#pragma once
/// What an answer's status means, and its body as text. Pure.

#include "core/result.hpp"
#include "fetch/fetch_types.hpp"
#include "source/plugin.hpp"

#include <string>

namespace pw::pipeline {

/// 200, 203 (changed by a proxy) and 206 (a part of the whole, which nobody asked for): the body is worth reading.
bool is_readable(int status);

/// "https://host/feed answered 404", and what it means.
Error status_error(const fetch::FetchResponse& response);

/// May the same request succeed later? (timeouts, resets, 408, 425, 429, 5xx)
bool is_transient(const Error& error, int status);

struct Body {
  std::string text;  ///< UTF-8
  std::string note;  ///< what was doubtful about it; else empty
};

/// A source's answer as text, un-gzipped where the file itself is gzip.
Body decode_body(source::Plugin::Body kind, const fetch::FetchResponse& response);

}  // namespace pw::pipeline
