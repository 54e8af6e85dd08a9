#include "core/codec/gzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>

namespace pw {

std::string gunzip_if_gzip(std::string_view bytes) {
  constexpr int kGzipWindow = 15 + 16;
  if (!bytes.starts_with("\x1F\x8B")) return std::string(bytes);
  z_stream stream{};
  if (inflateInit2(&stream, kGzipWindow) != Z_OK) return {};
  std::array<char, 16384> block{};
  std::string out;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(std::min<std::size_t>(bytes.size(), std::numeric_limits<uInt>::max()));
  while (out.size() < kMaxGunzippedBytes) {
    stream.next_out = reinterpret_cast<Bytef*>(block.data());
    stream.avail_out = static_cast<uInt>(block.size());
    const int status = inflate(&stream, Z_NO_FLUSH);
    out.append(block.data(), std::min(block.size() - stream.avail_out, kMaxGunzippedBytes - out.size()));
    // Members may follow each other (RFC 1952, section 2.2).
    const bool next_member = status == Z_STREAM_END && stream.avail_in > 0 && inflateReset(&stream) == Z_OK;
    if (!next_member && status != Z_OK) break;
  }
  inflateEnd(&stream);
  return out;
}

}  // namespace pw
