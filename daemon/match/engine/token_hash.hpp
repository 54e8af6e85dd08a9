#pragma once
/// A keyed hash of folded tokens. Private to match. Pure functions; any thread.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace pw::match {

/// The hash of a token.
struct TokenHash {
  std::uint64_t hash = 0;  ///< hash of all bytes; keyed, so that collisions cannot be predicted from outside the
                           ///< process
  std::uint64_t key = 0;   ///< for tokens of up to 8 bytes the bytes themselves, for longer ones the hash
};

/// Up to this length in bytes, tokens are equal if their lengths and keys are equal.
inline constexpr std::size_t kWholeKey = 8;

namespace hashing {

inline constexpr std::array<char, kWholeKey> kNoBytes{};

/// Random keys, chosen once per process.
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

/// The first bytes, at most eight. If `Padded`, eight bytes must be readable.
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

/// The hash of a token of at most kWholeKey bytes, computed from its key.
inline std::uint64_t hash_short(std::uint64_t key, std::size_t size) {
  using namespace hashing;
  return mix(mix(key ^ kSecret.first, size ^ kSecret.second), kSecret.third);
}

/// The hash of a token longer than 16 bytes.
TokenHash hash_long(std::string_view token);

/// The folded multiply of wyhash with secret keys. If `Padded`, eight bytes from the start of the token must be
/// readable.
template <bool Padded = false>
TokenHash hash_token(std::string_view token) {
  using namespace hashing;
  const std::size_t size = token.size();
  if (size > 16) return hash_long(token);
  if (size == 0) return {hash_short(0, 0), 0};
  const std::uint64_t key = short_key<Padded>(token.data(), std::min(size, kWholeKey));
  // In a short token, the eight bytes before its end would include bytes that do not belong to it.
  const std::uint64_t rest = load<std::uint64_t>(size > kWholeKey ? token.data() + size - kWholeKey : kNoBytes.data());
  const std::uint64_t hash = mix(mix(key ^ kSecret.first, rest ^ size ^ kSecret.second), kSecret.third);
  return {hash, size > kWholeKey ? hash : key};
}

}  // namespace pw::match
