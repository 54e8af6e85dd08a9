#include "core/codec/gzip.hpp"
#include "core/codec/inflater.hpp"
#include "feed/sitemap.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

std::string in_pieces(std::string_view packed, std::size_t piece) {
  std::string out;
  pw::Inflater inflater(pw::Inflater::Format::gzip);
  const auto sink = [&out](std::string_view more) {
    out += more;
    return out.size() <= pw::kMaxGunzippedBytes;
  };
  for (; !packed.empty(); packed.remove_prefix(std::min(piece, packed.size()))) {
    if (inflater.write(packed.substr(0, piece), sink) != pw::Unpacker::Step::more) break;
  }
  return out.substr(0, pw::kMaxGunzippedBytes);
}

}  // namespace

/// Input: a sitemap as received, gzipped or not.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  const pw::Gunzipped got = pw::gunzip(std::string(input));
  if (got.bytes.size() > pw::kMaxGunzippedBytes) __builtin_trap();
  if (got.truncated && got.note.empty()) __builtin_trap();
  const bool packed = input.starts_with("\x1F\x8B");
  if (got.bytes != (packed ? in_pieces(input, 1 + size % 5) : std::string(input))) __builtin_trap();
  (void)pw::feed::parse_sitemap(got.bytes, "https://news.example/map.xml.gz");
  return 0;
}
