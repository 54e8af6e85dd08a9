#pragma once
/// The compressions used as HTTP content codings.

#include "core/codec/unpacker.hpp"

#include <memory>
#include <string_view>

namespace pw::fetch {

/// The value of the Accept-Encoding request header.
inline constexpr std::string_view kAcceptedEncodings = "gzip, deflate, br, zstd";

/// The unpacker for a content coding, ignoring case (RFC 9110, 8.4.1); nullptr for any other name. Throws
/// std::bad_alloc.
std::unique_ptr<Unpacker> unpacker_for(std::string_view coding);

}  // namespace pw::fetch
