#include "pipeline/refreshes.hpp"

#include "core/text.hpp"
#include "extract/refresh.hpp"
#include "text/charset/charset.hpp"

#include <optional>
#include <string_view>

namespace pw::pipeline {
namespace {

bool is_html(const fetch::FetchResponse& response) {
  if (response.content_type.find("html") != std::string::npos) return true;
  std::string_view start = response.body;
  start = start.substr(0, 1024);
  return ascii_lower(start).find("<html") != std::string::npos;
}

}  // namespace

bool can_refresh(const fetch::FetchResponse& response) {
  return response.header("refresh") != nullptr || is_html(response);
}

std::string refresh_of(const fetch::FetchResponse& response) {
  std::string storage;
  return refresh_of(response, is_html(response) ? text::html_as_utf8(response.body, response.content_type, storage)
                                                : std::string_view());
}

std::string refresh_of(const fetch::FetchResponse& response, std::string_view html) {
  std::optional<extract::Refresh> refresh;
  if (const std::string* header = response.header("refresh")) {
    refresh = extract::parse_refresh(*header, response.final_url, response.final_url);
  }
  if (!refresh && is_html(response)) refresh = extract::meta_refresh(html, response.final_url);
  return refresh && refresh->seconds <= extract::kLongestRedirect ? refresh->url : "";
}

}  // namespace pw::pipeline
