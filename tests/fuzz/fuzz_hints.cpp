#include "core/text.hpp"
#include "extract/hints.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// Input: the title of the hints, a line break, the title of the page, a line break, then the text of the hints and
/// that of the page, of equal size.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest{reinterpret_cast<const char*>(data), size};
  const auto take = [&](std::size_t end) {
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return pw::to_valid_utf8(part);
  };
  pw::Article hints;
  pw::Article page;
  hints.title = take(std::min(rest.find('\n'), rest.size()));
  page.title = take(std::min(rest.find('\n'), rest.size()));
  hints.text = take(rest.size() / 2);
  page.text = take(rest.size());
  (void)pw::extract::disagree(hints, page);
  if (!pw::is_valid_utf8(pw::extract::missing_text(hints, page))) __builtin_trap();
  if (!pw::extract::missing_text(hints, hints).empty()) __builtin_trap();
  return 0;
}
