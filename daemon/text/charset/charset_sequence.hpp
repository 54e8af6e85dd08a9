#pragma once
/// Splits bytes of the East Asian encodings into characters, as the Encoding Standard does. Any thread.

#include <cstddef>
#include <string_view>

namespace pw::text {

/// One character, or one malformed sequence.
struct Sequence {
  std::size_t bytes = 1;
  char32_t point = 0;  ///< the code point if no table is needed (ASCII, for one); 0: look it up
  bool valid = false;  ///< well-formed; the tables may still lack it
};

/// The first sequence of `bytes`, which must not be empty. Supported encodings: Big5, EUC-KR, EUC-JP, Shift_JIS, GBK,
/// gb18030.
Sequence next_sequence(std::string_view bytes, std::string_view encoding);

}  // namespace pw::text
