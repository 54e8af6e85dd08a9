#include "text/date/date.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const pw::Time now = pw::from_ms(1'700'000'000'000);
  if (const auto date = pw::text::parse_date(text, now)) (void)pw::text::clamp_date(*date, now);
  (void)pw::text::find_date_in_text(text, "", now);
  (void)pw::text::date_from_url(text);
  return 0;
}
