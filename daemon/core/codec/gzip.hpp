#pragma once
/// Decompresses content that is itself a gzip file (sitemap.xml.gz), independent of any Content-Encoding.

#include <cstddef>
#include <string>
#include <string_view>

namespace pw {

/// Limit on the decompressed size, in bytes.
inline constexpr std::size_t kMaxGunzippedBytes = 64UL * 1024 * 1024;

/// The unpacked bytes when `bytes` start with gzip's magic number, else `bytes`. Damaged or too large: what was
/// unpacked so far. Any thread.
std::string gunzip_if_gzip(std::string_view bytes);

}  // namespace pw
