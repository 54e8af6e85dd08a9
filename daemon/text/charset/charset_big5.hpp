#pragma once
/// The part of the Encoding Standard's Big5 index that ICU's Big5-HKSCS table lacks.

#include <string_view>

namespace pw::text {

/// The character for a two-byte sequence, in UTF-8; "" if the index has none or ICU's table already has it. Any thread.
std::string_view big5_extra(std::string_view sequence);

}  // namespace pw::text
