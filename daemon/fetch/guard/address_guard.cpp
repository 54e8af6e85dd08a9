#include "fetch/guard/address_guard.hpp"

#include "core/text.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace pw::fetch {

namespace {

constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

struct Range4 {
  std::uint32_t base;
  unsigned prefix;
  std::string_view name;
};

constexpr Range4 kSpecial4[] = {
    {0x00000000, 8, "this network (0.0.0.0/8)"},
    {0x0A000000, 8, "private (10.0.0.0/8)"},
    {0x64400000, 10, "carrier-grade NAT (100.64.0.0/10)"},
    {0x7F000000, 8, "loopback (127.0.0.0/8)"},
    {0xA9FE0000, 16, "link-local and cloud metadata (169.254.0.0/16)"},
    {0xAC100000, 12, "private (172.16.0.0/12)"},
    {0xC0000000, 24, "IETF protocol assignments (192.0.0.0/24)"},
    {0xC0000200, 24, "documentation (192.0.2.0/24)"},
    {0xC01FC400, 24, "AS112 (192.31.196.0/24)"},
    {0xC034C100, 24, "AMT (192.52.193.0/24)"},
    {0xC0586300, 24, "6to4 relay anycast (192.88.99.0/24)"},
    {0xC0A80000, 16, "private (192.168.0.0/16)"},
    {0xC0AF3000, 24, "AS112 (192.175.48.0/24)"},
    {0xC6120000, 15, "benchmarking (198.18.0.0/15)"},
    {0xC6336400, 24, "documentation (198.51.100.0/24)"},
    {0xCB007100, 24, "documentation (203.0.113.0/24)"},
    {0xE0000000, 4, "multicast (224.0.0.0/4)"},
    {0xF0000000, 4, "reserved and broadcast (240.0.0.0/4)"},
    // Metadata services of cloud platforms at addresses that look public.
    {0xA83F8110, 32, "cloud metadata (168.63.129.16)"},
};

struct Range6 {
  std::array<std::uint8_t, 16> base;
  unsigned prefix;
  std::string_view name;
};

constexpr Range6 kSpecial6[] = {
    {{}, 128, "unspecified (::)"},
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128, "loopback (::1)"},
    {{}, 96, "IPv4-compatible (::/96)"},
    {{0x00, 0x64, 0xff, 0x9b, 0x00, 0x01}, 48, "local-use NAT64 (64:ff9b:1::/48)"},
    {{0x01, 0x00}, 64, "discard-only (100::/64)"},
    {{0x01, 0x00, 0, 0, 0, 0, 0, 1}, 64, "dummy prefix (100:0:0:1::/64)"},
    {{0x20, 0x01, 0x00, 0x00}, 23, "IETF protocol assignments (2001::/23)"},
    {{0x20, 0x01, 0x0d, 0xb8}, 32, "documentation (2001:db8::/32)"},
    {{0x26, 0x20, 0x00, 0x4f, 0x80, 0x00}, 48, "AS112 (2620:4f:8000::/48)"},
    {{0x3f, 0xff}, 20, "documentation (3fff::/20)"},
    {{0x5f, 0x00}, 16, "segment routing (5f00::/16)"},
    {{0xfc}, 7, "unique local (fc00::/7)"},
    {{0xfe, 0x80}, 10, "link-local (fe80::/10)"},
    {{0xfe, 0xc0}, 10, "site-local (fec0::/10)"},
    {{0xff}, 8, "multicast (ff00::/8)"},
};

bool has_prefix(const std::array<std::uint8_t, 16>& bytes, const std::array<std::uint8_t, 16>& base,
                unsigned prefix) noexcept {
  const std::size_t whole = prefix / 8;
  if (!std::equal(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(whole), base.begin())) return false;
  const unsigned rest = prefix % 8;
  if (rest == 0) return true;
  const unsigned mask = (0xFFU << (8U - rest)) & 0xFFU;
  return ((bytes[whole] ^ base[whole]) & mask) == 0;
}

std::string_view special_v4(std::uint32_t address) noexcept {
  for (const Range4& range : kSpecial4) {
    if (((address ^ range.base) >> (32U - range.prefix)) == 0) return range.name;
  }
  return {};
}

std::uint32_t v4_at(const IpAddress& address, std::size_t at) noexcept {
  const auto& b = address.bytes;
  return (std::uint32_t{b[at]} << 24U) | (std::uint32_t{b[at + 1]} << 16U) | (std::uint32_t{b[at + 2]} << 8U) |
         std::uint32_t{b[at + 3]};
}

/// The offset of an IPv4 address embedded in an IPv6 address, to which a gateway or the kernel would connect.
std::optional<std::size_t> embedded_v4(const IpAddress& address) noexcept {
  const auto& b = address.bytes;
  if (has_prefix(b, {0x00, 0x64, 0xff, 0x9b}, 96)) return 12;                         // NAT64, RFC 6052
  if (has_prefix(b, {0x20, 0x02}, 16)) return 2;                                      // 6to4, RFC 3056
  if ((b[8] & 0xFDU) == 0 && b[9] == 0 && b[10] == 0x5e && b[11] == 0xfe) return 12;  // ISATAP, RFC 5214
  return std::nullopt;
}

std::optional<std::uint16_t> parse_port(std::string_view text) noexcept {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

}  // namespace

bool IpAddress::is_v4() const noexcept { return std::equal(kMapped.begin(), kMapped.end(), bytes.begin()); }

std::optional<IpAddress> parse_ip(std::string_view text) noexcept {
  char buffer[INET6_ADDRSTRLEN + 1];
  if (text.empty() || text.size() >= sizeof buffer) return std::nullopt;
  text.copy(buffer, text.size());
  buffer[text.size()] = '\0';
  IpAddress out;
  if (inet_pton(AF_INET6, buffer, out.bytes.data()) == 1) return out;
  std::copy(kMapped.begin(), kMapped.end(), out.bytes.begin());
  if (inet_pton(AF_INET, buffer, out.bytes.data() + kMapped.size()) == 1) return out;
  return std::nullopt;
}

std::optional<IpAddress> ip_of(const sockaddr& address) noexcept {
  IpAddress out;
  if (address.sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address, sizeof v4);
    std::copy(kMapped.begin(), kMapped.end(), out.bytes.begin());
    std::memcpy(out.bytes.data() + kMapped.size(), &v4.sin_addr, 4);
    return out;
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address, sizeof v6);
    std::memcpy(out.bytes.data(), &v6.sin6_addr, out.bytes.size());
    return out;
  }
  return std::nullopt;
}

std::uint16_t port_of(const sockaddr& address) noexcept {
  if (address.sa_family != AF_INET && address.sa_family != AF_INET6) return 0;
  // The port has the same offset in sockaddr_in and sockaddr_in6.
  sockaddr_in start{};
  std::memcpy(&start, &address, sizeof(sockaddr));
  return ntohs(start.sin_port);
}

std::string to_string(const IpAddress& address) {
  char buffer[INET6_ADDRSTRLEN] = "";
  if (address.is_v4()) {
    inet_ntop(AF_INET, address.bytes.data() + kMapped.size(), buffer, sizeof buffer);
  } else {
    inet_ntop(AF_INET6, address.bytes.data(), buffer, sizeof buffer);
  }
  return buffer;
}

std::string_view special_range(const IpAddress& address) noexcept {
  if (address.is_v4()) return special_v4(v4_at(address, kMapped.size()));
  for (const Range6& range : kSpecial6) {
    if (has_prefix(address.bytes, range.base, range.prefix)) return range.name;
  }
  if (const auto at = embedded_v4(address)) return special_v4(v4_at(address, *at));
  return has_prefix(address.bytes, {0x20}, 3) ? std::string_view{} : "not global unicast (outside 2000::/3)";
}

Result<AddressGuard> AddressGuard::parse(const std::vector<std::string>& allow) {
  AddressGuard guard;
  for (const std::string& entry : allow) {
    if (auto error = guard.add(trim(entry))) return std::move(*error);
  }
  return guard;
}

std::optional<Error> AddressGuard::add(std::string_view entry) {
  std::string_view host = entry;
  std::uint16_t port = 0;
  const auto wrong = [&] {
    return fail(Errc::config, "allowed address \"{}\" is not a network (10.0.0.0/8), an address or host:port",
                printable(entry));
  };
  const std::size_t colon = entry.rfind(':');
  const bool bracketed = entry.starts_with('[');
  if (bracketed || (colon != std::string_view::npos && entry.find(':') == colon)) {
    const std::size_t host_end = bracketed ? entry.find(']') : colon;
    if (host_end == std::string_view::npos) return wrong();
    const std::string_view tail = entry.substr(bracketed ? host_end + 1 : host_end);
    host = bracketed ? entry.substr(1, host_end - 1) : entry.substr(0, host_end);
    if (!tail.empty()) {
      const auto parsed = tail.starts_with(':') ? parse_port(tail.substr(1)) : std::nullopt;
      if (!parsed) return wrong();
      port = *parsed;
    }
  }
  const std::size_t slash = host.find('/');
  if (const auto ip = parse_ip(host.substr(0, slash))) {
    unsigned prefix = 128;
    if (slash != std::string_view::npos) {
      const std::string_view digits = host.substr(slash + 1);
      const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
      if (error != std::errc{} || end != digits.data() + digits.size()) return wrong();
      if (prefix > (ip->is_v4() ? 32U : 128U)) return wrong();
      if (ip->is_v4()) prefix += 96;
    }
    networks_.push_back({*ip, prefix, port});
    return std::nullopt;
  }
  if (port == 0 || host.empty() || slash != std::string_view::npos) return wrong();
  names_.push_back({ascii_lower(host), port});
  return std::nullopt;
}

std::optional<Error> AddressGuard::check(const IpAddress& address, std::string_view host, std::uint16_t port) const {
  const std::string_view range = special_range(address);
  if (range.empty()) return std::nullopt;
  for (const Network& network : networks_) {
    if ((network.port == 0 || network.port == port) && has_prefix(address.bytes, network.base.bytes, network.prefix)) {
      return std::nullopt;
    }
  }
  for (const Name& name : names_) {
    if (name.port == port && ascii_iequals(name.host, host)) return std::nullopt;
  }
  return fail(Errc::refused,
              "{} is at {}, which is not a public address: {}; if you trust it, add it to allow_addresses",
              printable(host), to_string(address), range);
}

}  // namespace pw::fetch
