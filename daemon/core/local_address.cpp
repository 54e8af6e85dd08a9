#include "core/local_address.hpp"

#include "core/text.hpp"

#include <arpa/inet.h>

#include <charconv>
#include <system_error>

namespace pw {
namespace {

constexpr std::string_view kUnix = "unix:";

Error not_local(std::string_view text) {
  return fail(
      Errc::invalid,
      "must be a port of the loopback interface, such as 127.0.0.1:9464 or [::1]:9464, or unix:/PATH, not \"{}\"",
      printable(text, 100));
}

bool is_loopback(const std::string& host) {
  in_addr four{};
  if (::inet_pton(AF_INET, host.c_str(), &four) == 1) return (ntohl(four.s_addr) >> 24U) == 127;
  in6_addr six{};
  return ::inet_pton(AF_INET6, host.c_str(), &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

}  // namespace

Result<LocalAddress> parse_local_address(std::string_view text) {
  LocalAddress out;
  if (text.starts_with(kUnix)) {
    out.path = text.substr(kUnix.size());
    if (!out.path.starts_with('/') || out.path.ends_with('/')) return not_local(text);
    return out;
  }
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return not_local(text);
  std::string_view host = text.substr(0, colon);
  const std::string_view port = text.substr(colon + 1);
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  if (bracketed) host = host.substr(1, host.size() - 2);
  out.host = host;
  const bool is_v6 = out.host.find(':') != std::string::npos;
  const auto [end, bad] = std::from_chars(port.data(), port.data() + port.size(), out.port);
  const bool is_port = bad == std::errc{} && end == port.data() + port.size();
  if (!is_port || is_v6 != bracketed || !is_loopback(out.host)) return not_local(text);
  return out;
}

}  // namespace pw
