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
  std::string note;        ///< what was wrong with the file, for people; otherwise empty
  bool truncated = false;  ///< `bytes` is incomplete
};

/// Unpacks all members if `bytes` starts with gzip's magic number; otherwise returns `bytes` unchanged. If the data is
/// damaged or too large, returns what could be unpacked. Any thread.
Gunzipped gunzip(std::string bytes);

/// Gunzipped::bytes alone.
std::string gunzip_if_gzip(std::string_view bytes);

}  // namespace pw
