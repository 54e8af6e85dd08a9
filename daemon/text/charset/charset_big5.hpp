#pragma once
/// What the Encoding Standard's index of Big5 holds beyond ICU's Big5-HKSCS.

#include <string_view>

namespace pw::text {

/// The character of a two-byte sequence, in UTF-8; "" when the index has none there or ICU's table has it.
std::string_view big5_extra(std::string_view sequence);

}  // namespace pw::text
