#pragma once
/// A keyed hash of folded tokens. Private to match/.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace pw::match {

struct TokenHash {
  std::uint64_t hash = 0;  ///< of all bytes; which texts collide is not known outside the process
  std::uint64_t key = 0;   ///< of tokens up to 8 bytes the bytes themselves, of longer ones the hash
};

/// Up to this many bytes, equal length and key mean equal tokens.
inline constexpr std::size_t kWholeKey = 8;

namespace hashing {

inline constexpr std::array<char, kWholeKey> kNoBytes{};

/// Random words drawn once a process.
struct Secret {
  std::uint64_t first;
  std::uint64_t second;
  std::uint64_t third;
};
extern const Secret kSecret;

inline std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

template <class Word>
std::uint64_t load(const char* at) {
  Word word;
  std::memcpy(&word, at, sizeof word);
  return word;
}

/// The first bytes, at most eight; where `Padded`, eight may be read.
template <bool Padded>
std::uint64_t short_key(const char* text, std::size_t size) {
  if constexpr (Padded) {
    return load<std::uint64_t>(text) & ~std::uint64_t{0} >> (64 - 8 * size);
  } else {
    std::uint64_t key = 0;
    std::memcpy(&key, text, size);
    return key;
  }
}

}  // namespace hashing

/// The hash of a token of at most kWholeKey bytes, from its key.
inline std::uint64_t hash_short(std::uint64_t key, std::size_t size) {
  using namespace hashing;
  return mix(mix(key ^ kSecret.first, size ^ kSecret.second), kSecret.third);
}

/// Of a token longer than 16 bytes.
TokenHash hash_long(std::string_view token);

/// The folded multiply of wyhash with secret words. `Padded`: eight bytes from the token's begin on may be read.
template <bool Padded = false>
TokenHash hash_token(std::string_view token) {
  using namespace hashing;
  const std::size_t size = token.size();
  if (size > 16) return hash_long(token);
  if (size == 0) return {hash_short(0, 0), 0};
  const std::uint64_t key = short_key<Padded>(token.data(), std::min(size, kWholeKey));
  // Of a short token the eight bytes before its end are not all its own.
  const std::uint64_t rest = load<std::uint64_t>(size > kWholeKey ? token.data() + size - kWholeKey : kNoBytes.data());
  const std::uint64_t hash = mix(mix(key ^ kSecret.first, rest ^ size ^ kSecret.second), kSecret.third);
  return {hash, size > kWholeKey ? hash : key};
}

}  // namespace pw::match
