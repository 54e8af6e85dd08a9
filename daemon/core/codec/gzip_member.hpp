#pragma once
/// Decompresses a whole gzip member in one call (RFC 1952).

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pw {

/// The content of `packed` if it is exactly one undamaged gzip member of at most `most` decompressed bytes, without a
/// header checksum. Otherwise nullopt: decompress it with Inflater, which also reads several members, damaged ones and
/// the beginning of large ones. Takes about half of Inflater's time. Any thread. Throws std::bad_alloc.
std::optional<std::string> gunzip_member(std::string_view packed, std::size_t most);

}  // namespace pw
