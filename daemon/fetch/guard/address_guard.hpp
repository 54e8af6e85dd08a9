#pragma once
/// Decides which addresses presswatch may connect to: public ones, and those allowed by the settings. Pure, no DNS
/// lookups; any thread.

#include "core/result.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct sockaddr;

namespace pw::fetch {

/// An IP address. IPv4 addresses are stored in mapped form, ::ffff:a.b.c.d.
struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};

  [[nodiscard]] bool is_v4() const noexcept;
  friend bool operator==(const IpAddress&, const IpAddress&) = default;
};

/// Parses dotted quads and IPv6 addresses without brackets or zone; nullopt for anything else.
std::optional<IpAddress> parse_ip(std::string_view text) noexcept;
/// nullopt for families other than AF_INET and AF_INET6.
std::optional<IpAddress> ip_of(const sockaddr& address) noexcept;
/// The port of a socket address; 0 for other families.
std::uint16_t port_of(const sockaddr& address) noexcept;
std::string to_string(const IpAddress& address);

/// The name of the special-purpose range that contains the address, or "" for a public unicast address. Based on the
/// IANA IPv4 and IPv6 Special-Purpose Address Registries and on RFC 5771 and RFC 4291 (multicast). Addresses with an
/// embedded IPv4 address (mapped, compatible, NAT64, 6to4, ISATAP) are also judged by that address. Among other IPv6
/// addresses, only 2000::/3 is public, as in the IANA IPv6 address space.
std::string_view special_range(const IpAddress& address) noexcept;

/// Immutable. `allow` lists exceptions: networks, addresses or host:port pairs.
class AddressGuard {
 public:
  /// Takes entries as in FetchSettings::allow_addresses. Errc::config for an invalid one.
  static Result<AddressGuard> parse(const std::vector<std::string>& allow);

  /// nullopt if connecting to `host`:`port`, which resolved to `address`, is allowed; otherwise Errc::refused with the
  /// reason and what to do.
  [[nodiscard]] std::optional<Error> check(const IpAddress& address, std::string_view host, std::uint16_t port) const;

 private:
  struct Network {
    IpAddress base;
    unsigned prefix = 128;   ///< of the 128-bit form
    std::uint16_t port = 0;  ///< 0: any
  };
  struct Name {
    std::string host;  ///< lower case
    std::uint16_t port = 0;
  };
  std::optional<Error> add(std::string_view entry);

  std::vector<Network> networks_;
  std::vector<Name> names_;
};

}  // namespace pw::fetch
