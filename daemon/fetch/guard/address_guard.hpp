#pragma once
/// Which addresses presswatch may connect to: public ones, and what the settings let through. Pure; no look-ups.

#include "core/result.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct sockaddr;

namespace pw::fetch {

/// An IPv4 address is held as its mapped form ::ffff:a.b.c.d.
struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};

  [[nodiscard]] bool is_v4() const noexcept;
  friend bool operator==(const IpAddress&, const IpAddress&) = default;
};

/// Dotted quad or IPv6 text without brackets or zone.
std::optional<IpAddress> parse_ip(std::string_view text) noexcept;
/// Nothing for families other than AF_INET and AF_INET6.
std::optional<IpAddress> ip_of(const sockaddr& address) noexcept;
/// The port of such an address; 0 for other families.
std::uint16_t port_of(const sockaddr& address) noexcept;
std::string to_string(const IpAddress& address);

/// The name of the special-purpose range that holds the address, or "" when it is a public unicast address.
/// From the IANA IPv4 and IPv6 Special-Purpose Address Registries and RFC 5771/4291 (multicast). Forms that carry an
/// IPv4 address (mapped, compatible, NAT64, 6to4, ISATAP) are judged by the inner address too; of other IPv6 addresses
/// only those of 2000::/3 are public, as the IANA IPv6 address space has it.
std::string_view special_range(const IpAddress& address) noexcept;

/// Immutable. `allow` lets single networks, addresses or host:port pairs through.
class AddressGuard {
 public:
  /// Entries as in FetchSettings::allow_addresses.
  static Result<AddressGuard> parse(const std::vector<std::string>& allow);

  /// Nothing when `host`:`port`, which resolved to `address`, may be connected to; otherwise why not and what to do.
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
