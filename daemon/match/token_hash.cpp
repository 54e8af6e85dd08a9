#include "match/token_hash.hpp"

#include <random>

namespace pw::match::hashing {
namespace {

Secret draw() {
  std::random_device device;
  const auto word = [&device] { return std::uint64_t{device()} << 32U | device() | 1U; };
  return {word(), word(), word()};
}

}  // namespace

const Secret kSecret = draw();

}  // namespace pw::match::hashing
