#pragma once
/// Fast hashes that are the same on every machine. Not collision-resistant: for untrusted input, use core/id.hpp. Any
/// thread.

#include <cstdint>
#include <string_view>

namespace pw {

/// The 64-bit FNV-1a hash of no bytes.
inline constexpr std::uint64_t kFnvStart = 0xCBF29CE484222325U;

/// Adds one unit to the hash: a byte, as FNV-1a defines it, or a code point.
constexpr std::uint64_t fnv_step(std::uint64_t hash, std::uint32_t unit) noexcept {
  return (hash ^ unit) * 0x100000001B3U;
}

/// FNV-1a of `bytes`, continuing from `hash`.
constexpr std::uint64_t fnv(std::string_view bytes, std::uint64_t hash = kFnvStart) noexcept {
  for (const char c : bytes) hash = fnv_step(hash, static_cast<unsigned char>(c));
  return hash;
}

/// The finaliser of SplitMix64: bijective, and every input bit affects every output bit, so similar values are spread
/// far apart.
constexpr std::uint64_t mix(std::uint64_t x) noexcept {
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31U);
}

}  // namespace pw
