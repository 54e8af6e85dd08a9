#pragma once
/// The compressions that HTTP names.

#include "core/codec/unpacker.hpp"

#include <memory>
#include <string_view>

namespace pw::fetch {

/// For the header Accept-Encoding.
inline constexpr std::string_view kAcceptedEncodings = "gzip, deflate, br, zstd";

/// For a content coding in any case (RFC 9110, 8.4.1); nullptr for names that stand for none of these. Throws
/// std::bad_alloc.
std::unique_ptr<Unpacker> unpacker_for(std::string_view coding);

}  // namespace pw::fetch
