#include "fetch/http/request_headers.hpp"

#include "core/text.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>

namespace pw::fetch {

namespace {

constexpr std::array<std::string_view, 7> kAllowed{"accept",       "accept-language", "authorization", "cache-control",
                                                   "content-type", "x-api-key",       "x-auth-token"};
constexpr std::array<std::string_view, 3> kCredentials{"authorization", "x-api-key", "x-auth-token"};

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& names, std::string_view name) noexcept {
  return std::ranges::any_of(names, [&](std::string_view known) { return ascii_iequals(known, name); });
}

bool is_control(char c) noexcept {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t') || byte == 0x7f;
}

}  // namespace

bool is_credential_header(std::string_view name) noexcept { return holds(kCredentials, name); }

std::optional<Error> check_request_headers(const Headers& headers) {
  for (const auto& [name, value] : headers) {
    if (!holds(kAllowed, name)) {
      return fail(Errc::invalid, "request header \"{}\" may not be set; allowed are {}", printable(name),
                  fmt::join(kAllowed, ", "));
    }
    if (std::ranges::any_of(value, is_control)) {
      return fail(Errc::invalid, "the value of request header {} contains a control character", printable(name));
    }
  }
  return std::nullopt;
}

}  // namespace pw::fetch
