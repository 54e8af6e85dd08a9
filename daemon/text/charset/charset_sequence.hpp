#pragma once
/// How the Encoding Standard divides the bytes of the East Asian encodings into characters.

#include <cstddef>
#include <string_view>

namespace pw::text {

struct Sequence {
  std::size_t bytes = 1;
  char32_t point = 0;  ///< known without a table (ASCII among them); 0: look it up
  bool valid = false;  ///< the bytes may stand in the table
};

/// The first sequence of `bytes`, which must not be empty. Encodings: Big5, EUC-KR, EUC-JP, Shift_JIS, GBK, gb18030.
Sequence next_sequence(std::string_view bytes, std::string_view encoding);

}  // namespace pw::text
