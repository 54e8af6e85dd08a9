#include "websub/signature.hpp"

#include "core/codec/hex.hpp"
#include "core/text.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <span>

namespace pw::websub {
namespace {

const EVP_MD* digest_of(std::string_view method) {
  if (method == "sha256") return EVP_sha256();
  if (method == "sha384") return EVP_sha384();
  if (method == "sha512") return EVP_sha512();
  return method == "sha1" ? EVP_sha1() : nullptr;
}

}  // namespace

std::string sign(std::string_view method, std::string_view secret, std::string_view body) {
  const EVP_MD* digest = digest_of(method);
  if (digest == nullptr) return {};
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned length = 0;
  const auto* data = reinterpret_cast<const unsigned char*>(body.data());
  if (HMAC(digest, secret.data(), static_cast<int>(secret.size()), data, body.size(), bytes.data(), &length) ==
      nullptr) {
    return {};
  }
  return to_hex(std::span(bytes).first(length));
}

bool is_signed(std::string_view header, std::string_view secret, std::string_view body) {
  const std::size_t equals = header.find('=');
  if (equals == std::string_view::npos) return false;
  const std::string given = ascii_lower(trim(header.substr(equals + 1)));
  const std::string wanted = sign(ascii_lower(trim(header.substr(0, equals))), secret, body);
  return !wanted.empty() && given.size() == wanted.size() &&
         CRYPTO_memcmp(given.data(), wanted.data(), wanted.size()) == 0;
}

}  // namespace pw::websub
