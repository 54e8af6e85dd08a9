#pragma once
/// Hashes that are fast and the same on every machine. Not against an attacker: core/id.hpp is. Any thread.

#include <cstdint>
#include <string_view>

namespace pw {

/// FNV-1a, 64 bit, of no bytes.
inline constexpr std::uint64_t kFnvStart = 0xCBF29CE484222325U;

/// One more unit: a byte, as FNV-1a defines it, or a code point.
constexpr std::uint64_t fnv_step(std::uint64_t hash, std::uint32_t unit) noexcept {
  return (hash ^ unit) * 0x100000001B3U;
}

/// FNV-1a of `bytes`, behind those that gave `hash`.
constexpr std::uint64_t fnv(std::string_view bytes, std::uint64_t hash = kFnvStart) noexcept {
  for (const char c : bytes) hash = fnv_step(hash, static_cast<unsigned char>(c));
  return hash;
}

/// The finish of SplitMix64: bijective; every bit of the input reaches every bit of the output, so near values land far
/// apart.
constexpr std::uint64_t mix(std::uint64_t x) noexcept {
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31U);
}

}  // namespace pw
