#pragma once
/// Decompresses content that is itself a gzip file (sitemap.xml.gz), independent of any Content-Encoding.

#include <cstddef>
#include <string>
#include <string_view>

namespace pw {

/// Limit on the decompressed size, in bytes.
inline constexpr std::size_t kMaxGunzippedBytes = 64UL * 1024 * 1024;

struct Gunzipped {
  std::string bytes;
  std::string note;        ///< what was wrong with the file, for people; else empty
  bool truncated = false;  ///< `bytes` is not all of it
};

/// Unpacks all members when `bytes` start with gzip's magic number; else `bytes` as they are. Damaged or too large:
/// what could be unpacked. Any thread.
Gunzipped gunzip(std::string bytes);

/// Gunzipped::bytes alone.
std::string gunzip_if_gzip(std::string_view bytes);

}  // namespace pw
