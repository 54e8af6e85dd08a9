#include "text/token/ascii_map.hpp"

#include <array>
#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace pw::text {
namespace {

struct Bits {
  std::uint64_t words;
  std::uint64_t specials;
};

#ifdef __SSE2__

Bits read_block(const char* in, char* out) {
  constexpr std::size_t kLane = 16;
  const auto between = [](__m128i value, char low, char high) {
    return _mm_and_si128(_mm_cmpgt_epi8(value, _mm_set1_epi8(static_cast<char>(low - 1))),
                         _mm_cmplt_epi8(value, _mm_set1_epi8(static_cast<char>(high + 1))));
  };
  const auto mask = [](__m128i value) {
    return static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(value)));
  };
  Bits bits{0, 0};
  for (std::size_t i = 0; i < AsciiMap::kBlock; i += kLane) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(in + i));
    const __m128i capital = between(bytes, 'A', 'Z');
    const __m128i lower = _mm_or_si128(bytes, _mm_and_si128(capital, _mm_set1_epi8(0x20)));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out + i), lower);
    const __m128i word = _mm_or_si128(between(lower, 'a', 'z'), between(bytes, '0', '9'));
    bits.words |= mask(word) << i;
    // A byte with the sign bit set is not ASCII.
    bits.specials |= mask(_mm_or_si128(bytes, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\'')))) << i;
  }
  return bits;
}

#else

Bits read_block(const char* in, char* out) {
  Bits bits{0, 0};
  for (std::size_t i = 0; i < AsciiMap::kBlock; ++i) {
    const char c = in[i] >= 'A' && in[i] <= 'Z' ? static_cast<char>(in[i] + 'a' - 'A') : in[i];
    out[i] = c;
    const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    const bool special = c == '\'' || static_cast<unsigned char>(c) >= 0x80;
    bits.words |= std::uint64_t{word} << i;
    bits.specials |= std::uint64_t{special} << i;
  }
  return bits;
}

#endif

/// Writes the position of each set bit, offset by `begin`. Returns the end of the output.
std::uint32_t* write_places(std::uint64_t bits, std::uint32_t begin, std::uint32_t* out) {
  for (; bits != 0; bits &= bits - 1) *out++ = begin + static_cast<std::uint32_t>(std::countr_zero(bits));
  return out;
}

}  // namespace

void AsciiMap::read(std::string_view text, char* lower) {
  const std::size_t blocks = text.size() / kBlock + 1;
  // Each run takes at least one byte and is followed by at least one, so there are no more run edges than bytes.
  if (runs_.size() < blocks * kBlock / 2 + 1) runs_.resize(blocks * kBlock / 2 + 1);
  if (specials_.size() < blocks * kBlock / 2 + 1) specials_.resize(blocks * kBlock / 2 + 1);
  static_assert(sizeof(Run) == 2 * sizeof(std::uint32_t));
  auto* edge = &runs_.front().begin;
  const auto* first_edge = edge;
  std::uint32_t* special = specials_.data();
  std::uint64_t run_before = 0;  // last bit of the previous block, in the lowest position
  std::uint64_t special_before = 0;
  std::array<char, kBlock> rest{};
  for (std::size_t i = 0; i < blocks; ++i) {
    const char* in = text.data() + i * kBlock;
    if (i + 1 == blocks) {
      if (text.size() % kBlock != 0) std::memcpy(rest.data(), in, text.size() % kBlock);
      in = rest.data();
    }
    const Bits bits = read_block(in, lower + i * kBlock);
    const std::uint64_t run = bits.words | bits.specials;
    const auto begin = static_cast<std::uint32_t>(i * kBlock);
    edge = write_places(run ^ (run << 1U | run_before), begin, edge);
    special = write_places(bits.specials & ~(bits.specials << 1U | special_before), begin, special);
    run_before = run >> 63U;
    special_before = bits.specials >> 63U;
  }
  // The last block extends at least one byte beyond the text, which terminates the last run.
  run_count_ = static_cast<std::size_t>(edge - first_edge) / 2;
  *special = kNone;
}

}  // namespace pw::text
