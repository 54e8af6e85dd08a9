#include "fetch/http/redirect.hpp"

#include "fetch/http/request_headers.hpp"

namespace pw::fetch {

bool is_redirect(int status) noexcept {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

void adapt_to_redirect(FetchRequest& request, int status, bool same_origin) {
  if (request.method == "POST" && status != 307 && status != 308) {
    request.method = "GET";
    request.body.clear();
  }
  if (!same_origin) {
    std::erase_if(request.headers, [](const auto& header) { return is_credential_header(header.first); });
  }
}

}  // namespace pw::fetch
