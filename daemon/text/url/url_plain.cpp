#include "text/url/url.hpp"
#include "text/url/url_bytes.hpp"

#include <array>
#include <cstdint>

namespace pw::text {
namespace {

enum Place : std::uint8_t { kHost = 1, kPath = 2, kQuery = 4, kFragment = 8 };

/// Where a character may appear unescaped. In a path, '%' may be part of a dot segment.
constexpr std::array<std::uint8_t, 256> kPlain = [] {
  std::array<std::uint8_t, 256> places{};
  const auto allow = [&](std::string_view characters, unsigned where) {
    for (const char c : characters) places[static_cast<unsigned char>(c)] |= static_cast<std::uint8_t>(where);
  };
  allow("abcdefghijklmnopqrstuvwxyz0123456789-", kHost | kPath | kQuery | kFragment);
  allow("ABCDEFGHIJKLMNOPQRSTUVWXYZ._~!$&()*+,;=:@/", kPath | kQuery | kFragment);
  allow("%?", kQuery | kFragment);
  return places;
}();

bool stands(char c, Place place) { return (kPlain[static_cast<unsigned char>(c)] & place) != 0; }

/// The end of a host that consists of letters, digits and hyphens and whose last label cannot be a number; 0 for any
/// other.
std::size_t plain_host_end(std::string_view text, std::size_t begin) {
  constexpr std::size_t kLongestLabel = 63;
  std::size_t label = begin;
  std::size_t at = begin;
  for (; at < text.size() && (stands(text[at], kHost) || text[at] == '.'); ++at) {
    if (text[at] != '.') continue;
    if (at == label || at - label > kLongestLabel) return 0;
    label = at + 1;
  }
  const bool letter_first = label < at && text[label] >= 'a' && text[label] <= 'z';
  if (!letter_first || at - label > kLongestLabel) return 0;
  return text.substr(begin, at - begin).find("xn--") == std::string_view::npos ? at : 0;
}

}  // namespace

bool is_serialised_web_url(std::string_view text) noexcept {
  if (text.size() > kMaxUrlBytes || !text.starts_with("http")) return false;
  const std::string_view rest = text.substr(4);
  const std::size_t host = rest.starts_with("://") ? 7 : rest.starts_with("s://") ? 8 : 0;
  std::size_t at = host > 0 ? plain_host_end(text, host) : 0;
  if (at == 0 || at >= text.size() || text[at] != '/') return false;
  for (; at < text.size() && stands(text[at], kPath); ++at) {
    if (text[at] == '.' && text[at - 1] == '/') return false;  // may be a dot segment
  }
  if (at < text.size() && text[at] == '?') {
    ++at;
    while (at < text.size() && stands(text[at], kQuery)) ++at;
  }
  if (at < text.size() && text[at] == '#') {
    ++at;
    while (at < text.size() && stands(text[at], kFragment)) ++at;
  }
  return at == text.size();
}

}  // namespace pw::text
