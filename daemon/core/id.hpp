#pragma once
/// 128-bit identifiers: of alerts, logs, items and contents.

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace pw {

/// 16 bytes. Derived ones are BLAKE2b-128 (RFC 7693) and do not collide by chance or on purpose.
struct Id {
  std::array<std::uint8_t, 16> bytes{};

  friend auto operator<=>(const Id&, const Id&) = default;
};

/// The id of a list of parts. Each part is hashed with its length, so ("ab","c") and ("a","bc") differ.
Id derive_id(std::initializer_list<std::string_view> parts);

/// From the system's random source.
Id random_id();

/// 32 lower-case hex digits.
std::string to_hex(const Id& id);
std::optional<Id> id_from_hex(std::string_view hex);

}  // namespace pw
