#pragma once
/// Files that are gzip themselves (sitemap.xml.gz), whatever the HTTP headers said.

#include <cstddef>
#include <string>
#include <string_view>

namespace pw {

/// Nothing is unpacked beyond this.
inline constexpr std::size_t kMaxGunzippedBytes = 64UL * 1024 * 1024;

/// The unpacked bytes when `bytes` start with gzip's magic number, else `bytes`. Damaged or too large: what was
/// unpacked so far. Any thread.
std::string gunzip_if_gzip(std::string_view bytes);

}  // namespace pw
