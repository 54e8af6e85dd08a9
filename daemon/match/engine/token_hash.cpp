#include "match/engine/token_hash.hpp"

#include <random>

namespace pw::match {
namespace hashing {
namespace {

Secret draw() {
  std::random_device device;
  const auto word = [&device] { return std::uint64_t{device()} << 32U | device() | 1U; };
  return {word(), word(), word()};
}

}  // namespace

const Secret kSecret = draw();

}  // namespace hashing

TokenHash hash_long(std::string_view token) {
  using namespace hashing;
  const char* text = token.data();
  const std::size_t size = token.size();
  std::uint64_t state = kSecret.first ^ size;
  std::size_t left = size;
  for (; left > 16; left -= 16, text += 16) {
    state = mix(load<std::uint64_t>(text) ^ kSecret.second, load<std::uint64_t>(text + 8) ^ state);
  }
  const char* end = token.data() + size;
  const std::uint64_t hash =
      mix(mix(load<std::uint64_t>(end - 16) ^ kSecret.second, load<std::uint64_t>(end - 8) ^ state), kSecret.third);
  return {hash, hash};
}

}  // namespace pw::match
