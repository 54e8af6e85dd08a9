#include "fetch/http/curl_failure.hpp"

#include "core/text.hpp"

namespace pw::fetch {

namespace {

Errc code_of(CURLcode code) noexcept {
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT: return Errc::timeout;
    case CURLE_ABORTED_BY_CALLBACK: return Errc::cancelled;
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL: return Errc::invalid;
    case CURLE_OUT_OF_MEMORY: return Errc::too_large;
    default: return Errc::io;
  }
}

std::string_view hint_of(CURLcode code) noexcept {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST: return "; check the spelling of the host and that DNS works here";
    case CURLE_COULDNT_CONNECT: return "; nothing accepts connections there now, it will be tried again";
    case CURLE_OPERATION_TIMEDOUT: return "; the server is slow or hangs, it will be tried again";
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR: return "; the site's certificate or TLS set-up is wrong, or the clock here is";
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING: return "; the connection ended before the response did";
    default: return "";
  }
}

}  // namespace

Error curl_failure(CURLcode code, std::string_view host, std::string_view detail) {
  // libcurl calls it the same when a line of the header is longer than the 100 KB that it allows.
  if (code == CURLE_OUT_OF_MEMORY) detail = "a line of the response header is too long, or there is no memory for it";
  if (detail.empty()) detail = curl_easy_strerror(code);
  return fail(code_of(code), "{}: {}{}", printable(host), printable(detail), hint_of(code));
}

}  // namespace pw::fetch
