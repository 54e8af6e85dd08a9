#include "core/codec/gzip.hpp"
#include "core/text.hpp"
#include "text/charset/charset.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  if (!pw::is_valid_utf8(pw::text::decode_html(text, "").text)) __builtin_trap();
  if (!pw::is_valid_utf8(pw::text::decode_xml(text, "").text)) __builtin_trap();
  for (const char* name : {"Big5", "EUC-JP", "EUC-KR", "gb18030", "ISO-2022-JP", "Shift_JIS", "UTF-16BE"}) {
    if (!pw::is_valid_utf8(pw::text::decode_as(text, name))) __builtin_trap();
  }
  (void)pw::text::encoding_from_content_type(text);
  (void)pw::gunzip_if_gzip(text);
  return 0;
}
