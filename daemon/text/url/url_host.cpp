#include "core/codec/hex.hpp"
#include "core/text.hpp"
#include "text/url/url.hpp"
#include "text/url/url_bytes.hpp"

#include <unicode/uidna.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace pw::text {
namespace {

// Punycode is quadratic in the worst case, so names far beyond the 253 bytes of DNS are rejected first.
constexpr std::size_t kMaxIdnaBytes = 2048;

bool is_forbidden_host(char c) {
  static constexpr std::string_view kForbidden = "\t\n\r #/:<>?@[\\]^|";
  return c == '\0' || kForbidden.find(c) != std::string_view::npos;
}

bool is_forbidden_domain(char c) {
  return is_forbidden_host(c) || static_cast<unsigned char>(c) < 0x20 || c == '%' || c == 0x7F;
}

bool all_digits(std::string_view text) {
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
  }
  return !text.empty();
}

/// A decimal, octal (0…) or hexadecimal (0x…) number; saturates above 32 bits.
std::optional<std::uint64_t> ipv4_number(std::string_view text) {
  if (text.empty()) return std::nullopt;
  unsigned radix = 10;
  if (text.size() >= 2 && text[0] == '0') {
    const bool hex = text[1] == 'x' || text[1] == 'X';
    radix = hex ? 16 : 8;
    text.remove_prefix(hex ? 2 : 1);
  }
  std::uint64_t value = 0;
  for (const char c : text) {
    const int digit = hex_value(c);
    if (digit < 0 || static_cast<unsigned>(digit) >= radix) return std::nullopt;
    value = std::min<std::uint64_t>(value * radix + static_cast<unsigned>(digit), std::uint64_t{1} << 40U);
  }
  return value;
}

std::vector<std::string_view> labels_of(std::string_view host) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t dot = host.find('.');
    parts.push_back(host.substr(0, dot));
    if (dot == std::string_view::npos) break;
    host.remove_prefix(dot + 1);
  }
  if (parts.size() > 1 && parts.back().empty()) parts.pop_back();
  return parts;
}

bool ends_in_number(std::string_view host) {
  const std::string_view last = labels_of(host).back();
  return all_digits(last) || (last.size() >= 2 && ipv4_number(last).has_value());
}

Result<std::string> read_ipv4(std::string_view host) {
  const auto parts = labels_of(host);
  if (parts.size() > 4) return fail(Errc::parse, "an IPv4 address has at most four numbers");
  std::uint64_t address = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto number = ipv4_number(parts[i]);
    const bool last = i + 1 == parts.size();
    const std::uint64_t limit = last ? std::uint64_t{1} << (8 * (5 - parts.size())) : 256;
    if (!number || *number >= limit) return fail(Errc::parse, "a number of the IPv4 address is malformed or too large");
    address += last ? *number : *number << (8 * (3 - i));
  }
  return fmt::format("{}.{}.{}.{}", address >> 24U, (address >> 16U) & 255U, (address >> 8U) & 255U, address & 255U);
}

using Pieces = std::array<std::uint16_t, 8>;

/// The dotted decimal part of an IPv6 address. Leading zeros are rejected.
bool read_ipv4_tail(std::string_view text, Pieces& pieces, std::size_t& piece) {
  if (piece > 6) return false;
  std::array<unsigned, 4> numbers{};
  std::size_t pos = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    if (i > 0 && (pos >= text.size() || text[pos++] != '.')) return false;
    const std::size_t start = pos;
    while (pos < text.size() && text[pos] >= '0' && text[pos] <= '9' && numbers[i] <= 255) {
      if (pos > start && text[start] == '0') return false;
      numbers[i] = numbers[i] * 10 + static_cast<unsigned>(text[pos++] - '0');
    }
    if (pos == start || numbers[i] > 255) return false;
  }
  if (pos != text.size()) return false;
  pieces[piece++] = static_cast<std::uint16_t>(numbers[0] << 8U | numbers[1]);
  pieces[piece++] = static_cast<std::uint16_t>(numbers[2] << 8U | numbers[3]);
  return true;
}

std::optional<Pieces> read_ipv6(std::string_view text) {
  Pieces pieces{};
  std::size_t piece = 0;
  std::optional<std::size_t> gap;
  std::size_t pos = 0;
  if (text.starts_with(':')) {
    if (!text.starts_with("::")) return std::nullopt;
    pos = 2;
    gap = 0;
  }
  while (pos < text.size()) {
    if (piece == 8) return std::nullopt;
    if (text[pos] == ':') {
      if (gap) return std::nullopt;
      ++pos;
      gap = piece;
      continue;
    }
    const std::size_t start = pos;
    unsigned value = 0;
    while (pos < text.size() && pos - start < 4 && hex_value(text[pos]) >= 0) {
      value = value * 16 + static_cast<unsigned>(hex_value(text[pos++]));
    }
    if (pos < text.size() && text[pos] == '.') {
      if (!read_ipv4_tail(text.substr(start), pieces, piece)) return std::nullopt;
      break;
    }
    if (pos == start) return std::nullopt;
    if (pos < text.size() && (text[pos] != ':' || ++pos == text.size())) return std::nullopt;
    pieces[piece++] = static_cast<std::uint16_t>(value);
  }
  if (!gap) return piece == 8 ? std::optional(pieces) : std::nullopt;
  if (piece == 8) return std::nullopt;
  std::rotate(pieces.begin() + static_cast<std::ptrdiff_t>(*gap), pieces.begin() + static_cast<std::ptrdiff_t>(piece),
              pieces.end());
  return pieces;
}

/// RFC 5952: the first of the longest runs of two or more zeros becomes "::".
std::string write_ipv6(const Pieces& pieces) {
  std::size_t best = 8;
  std::size_t best_length = 1;
  for (std::size_t i = 0; i < 8; ++i) {
    std::size_t end = i;
    while (end < 8 && pieces[end] == 0) ++end;
    if (end - i > best_length) {
      best = i;
      best_length = end - i;
    }
  }
  std::string out = "[";
  for (std::size_t i = 0; i < 8; ++i) {
    if (i == best) {
      out += i == 0 ? "::" : ":";
      i += best_length - 1;
      continue;
    }
    out += fmt::format("{:x}", pieces[i]);
    if (i != 7) out += ':';
  }
  return out + "]";
}

const UIDNA* idna() {
  static const UIDNA* const instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    UIDNA* opened = uidna_openUTS46(
        UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE,
        &status);
    return U_SUCCESS(status) ? opened : nullptr;
  }();
  return instance;
}

bool needs_idna(std::string_view domain) {
  for (std::size_t i = 0; i < domain.size(); ++i) {
    if (static_cast<unsigned char>(domain[i]) >= 0x80) return true;
    if ((i == 0 || domain[i - 1] == '.') && ascii_iequals(domain.substr(i, 4), "xn--")) return true;
  }
  return false;
}

Result<std::string> domain_to_ascii(std::string_view domain) {
  if (!needs_idna(domain)) return ascii_lower(domain);
  if (domain.size() > kMaxIdnaBytes)
    return fail(Errc::too_large, "the host name is longer than {} bytes", kMaxIdnaBytes);
  // Errors that the standard ignores with "beStrict: false".
  constexpr std::uint32_t kForgiven = UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG |
                                      UIDNA_ERROR_DOMAIN_NAME_TOO_LONG | UIDNA_ERROR_LEADING_HYPHEN |
                                      UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4;
  if (idna() == nullptr) return fail(Errc::internal, "ICU's IDNA data is missing");
  std::string out(domain.size() * 8 + 64, '\0');
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t length = uidna_nameToASCII_UTF8(idna(), domain.data(), static_cast<std::int32_t>(domain.size()),
                                                     out.data(), static_cast<std::int32_t>(out.size()), &info, &status);
  if (U_FAILURE(status) || (info.errors & ~kForgiven) != 0 || length <= 0) {
    return fail(Errc::parse, "the host is not a valid international domain name");
  }
  out.resize(static_cast<std::size_t>(length));
  return out;
}

}  // namespace

Result<std::string> parse_host(std::string_view host) {
  if (host.starts_with('[')) {
    if (!host.ends_with(']')) return fail(Errc::parse, "the IPv6 address has no closing bracket");
    const auto pieces = read_ipv6(host.substr(1, host.size() - 2));
    if (!pieces) return fail(Errc::parse, "the IPv6 address is malformed");
    return write_ipv6(*pieces);
  }
  auto domain = domain_to_ascii(to_valid_utf8(percent_decode(host)));
  if (!domain) return domain;
  if (domain->empty()) return fail(Errc::parse, "the host is empty");
  for (const char c : *domain) {
    if (is_forbidden_domain(c)) return fail(Errc::parse, "the host contains a forbidden character");
  }
  return ends_in_number(*domain) ? read_ipv4(*domain) : domain;
}

Result<std::string> parse_opaque_host(std::string_view host) {
  if (host.starts_with('[')) return parse_host(host);
  for (const char c : host) {
    if (is_forbidden_host(c)) return fail(Errc::parse, "the host contains a forbidden character");
  }
  std::string out;
  percent_encode(out, host, EncodeSet::c0_control);
  return out;
}

}  // namespace pw::text
