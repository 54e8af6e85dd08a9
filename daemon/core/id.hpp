#pragma once
/// 128-bit identifiers of alerts, logs, items and contents. Any thread.

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace pw {

/// A 16-byte identifier. Derived ones are BLAKE2b-128 digests (RFC 7693), so they resist both accidental and deliberate
/// collisions.
struct Id {
  std::array<std::uint8_t, 16> bytes{};

  friend auto operator<=>(const Id&, const Id&) = default;
};

/// Hashes a list of parts. The length of each part is hashed too, so ("ab","c") and ("a","bc") differ. Throws
/// std::runtime_error if libsodium cannot be initialised.
Id derive_id(std::initializer_list<std::string_view> parts);

/// A random id from the operating system's CSPRNG.
Id random_id();

/// 32 lower-case hex digits.
std::string to_hex(const Id& id);
/// The reverse of to_hex; upper case is accepted too. nullopt unless `hex` is exactly 32 hex digits.
std::optional<Id> id_from_hex(std::string_view hex);

}  // namespace pw
