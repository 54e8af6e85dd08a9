#pragma once
/// Compressed bytes for tests. Users link ZLIB::ZLIB.

#include <zlib.h>

#include <stdexcept>
#include <string>
#include <string_view>

namespace pw::test {

/// `window` is the windowBits parameter of deflateInit2.
inline std::string deflated(std::string_view plain, int window) {
  z_stream stream{};
  if (deflateInit2(&stream, 9, Z_DEFLATED, window, 9, Z_DEFAULT_STRATEGY) != Z_OK) throw std::runtime_error("zlib");
  std::string out(deflateBound(&stream, plain.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

/// One gzip member.
inline std::string gzip(std::string_view plain) { return deflated(plain, 15 + 16); }
inline std::string zlib_stream(std::string_view plain) { return deflated(plain, 15); }
inline std::string raw_deflate(std::string_view plain) { return deflated(plain, -15); }

}  // namespace pw::test
