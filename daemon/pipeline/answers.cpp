#include "pipeline/answers.hpp"

#include "core/codec/gzip.hpp"
#include "core/text.hpp"
#include "text/charset/charset.hpp"

#include <spdlog/fmt/fmt.h>

#include <string_view>

namespace pw::pipeline {
namespace {

std::string_view meaning(int status) {
  switch (status) {
    case 204:
    case 205: return "without content";
    case 304: return "although the request was not conditional";
    case 401: return "it requires a login";
    case 403: return "access is refused (blocked, or behind a bot wall)";
    case 451: return "it is unavailable here for legal reasons";
    case 404: return "there is nothing at this address";
    case 410: return "it is gone for good";
    case 429: return "too many requests";
    case 503: return "it is overloaded or in maintenance";
    default: return status >= 500 ? "the server failed" : "unexpected";
  }
}

}  // namespace

bool is_readable(int status) { return status == 200 || status == 203 || status == 206; }

Error status_error(const fetch::FetchResponse& response) {
  if (response.header("cf-mitigated") != nullptr) {
    return fail(Errc::http, "{} answered {}: it is behind a bot wall (Cloudflare); ask the publisher to let us in",
                printable(response.final_url), response.status);
  }
  const Errc code = response.status == 429 || response.status == 503 ? Errc::busy : Errc::http;
  return fail(code, "{} answered {}: {}", printable(response.final_url), response.status, meaning(response.status));
}

bool is_transient(const Error& error, int status) {
  if (status != 0) return status == 408 || status == 425 || status == 429 || status >= 500;
  return error.code == Errc::timeout || error.code == Errc::io || error.code == Errc::busy;
}

Body decode_body(source::Plugin::Body kind, const fetch::FetchResponse& response) {
  const std::string unzipped = pw::gunzip_if_gzip(response.body);
  const bool is_html = response.content_type.find("html") != std::string::npos;
  const bool is_xml = response.content_type.find("xml") != std::string::npos;
  if (kind == source::Plugin::Body::automatic && is_html) kind = source::Plugin::Body::html;
  if (kind == source::Plugin::Body::automatic && is_xml) kind = source::Plugin::Body::xml;
  const bool is_raw = kind == source::Plugin::Body::raw || kind == source::Plugin::Body::automatic;
  if (is_raw) return {to_valid_utf8(unzipped), ""};
  text::Decoded decoded = kind == source::Plugin::Body::xml ? text::decode_xml(unzipped, response.content_type)
                                                            : text::decode_html(unzipped, response.content_type);
  Body out{std::move(decoded.text), ""};
  if (!decoded.declared && decoded.encoding != "UTF-8") {
    out.note = fmt::format("no charset is declared; guessed {}", decoded.encoding);
  } else if (decoded.had_errors) {
    out.note = fmt::format("some bytes are not {}, as which it was read", decoded.encoding);
  }
  return out;
}

}  // namespace pw::pipeline
