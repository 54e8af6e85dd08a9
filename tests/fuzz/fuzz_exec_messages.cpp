#include "core/text.hpp"
#include "source/kinds/exec/messages.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

/// Input: a line written by a plugin.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view line{reinterpret_cast<const char*>(data), size};
  const auto reply = pw::exec::read_reply(line, pw::from_ms(1772443800000));
  if (!reply) return 0;
  for (const pw::source::Item& item : reply->emitted.items) {
    const std::string& url = item.hints.url;
    if (item.id.empty() || !pw::is_valid_utf8(item.hints.title)) __builtin_trap();
    if (url.empty() && !item.complete) __builtin_trap();
  }
  return 0;
}
