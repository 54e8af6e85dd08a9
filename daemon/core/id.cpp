#include "core/id.hpp"

#include "core/codec/hex.hpp"

#include <sodium.h>

#include <span>
#include <stdexcept>

namespace pw {
namespace {

void require_sodium() {
  static const int state = sodium_init();
  if (state < 0) throw std::runtime_error("libsodium could not be initialised");
}

}  // namespace

Id derive_id(std::initializer_list<std::string_view> parts) {
  require_sodium();
  Id id;
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, id.bytes.size());
  for (const std::string_view part : parts) {
    std::array<unsigned char, 8> length{};
    for (std::size_t i = 0; i < length.size(); ++i) {
      length[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(part.size()) >> (8 * i));
    }
    crypto_generichash_update(&state, length.data(), length.size());
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(part.data()), part.size());
  }
  crypto_generichash_final(&state, id.bytes.data(), id.bytes.size());
  return id;
}

Id random_id() {
  require_sodium();
  Id id;
  randombytes_buf(id.bytes.data(), id.bytes.size());
  return id;
}

std::string to_hex(const Id& id) { return to_hex(std::span(id.bytes)); }

std::optional<Id> id_from_hex(std::string_view hex) {
  Id id;
  if (hex.size() != 2 * id.bytes.size()) return std::nullopt;
  for (std::size_t i = 0; i < id.bytes.size(); ++i) {
    const int high = hex_value(hex[2 * i]);
    const int low = hex_value(hex[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    id.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return id;
}

}  // namespace pw
