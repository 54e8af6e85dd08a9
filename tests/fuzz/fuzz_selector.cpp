#include "html/css/selector.hpp"
#include "html/dom/dom.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace {

/// Builds one element per byte: the high bits give the number of elements closed before it, the low bits its name and
/// attributes.
pw::html::Document document_of(std::string_view bytes) {
  constexpr std::string_view kNames[] = {"a", "p", "li", "input"};
  pw::html::DocumentBuilder builder;
  for (const char c : bytes.substr(0, 300)) {
    const auto byte = static_cast<unsigned char>(c);
    for (int up = byte >> 5; up > 0; --up) builder.close();
    const std::string_view name = kNames[byte & 3];
    builder.open(pw::html::tag_of(name), name);
    if ((byte & 4) != 0) builder.attribute("class", "x y");
    if ((byte & 8) != 0) builder.attribute("lang", "de-AT");
    if ((byte & 16) != 0) builder.attribute("id", "b");
    if ((byte & 12) == 12) builder.text("x");
  }
  return builder.finish();
}

}  // namespace

/// Input: a selector, a line break, then bytes for document_of().
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  const std::size_t line = std::min(input.find('\n'), size);
  const auto selector = pw::html::Selector::compile(input.substr(0, line));
  if (!selector) return 0;
  const auto page = document_of(input.substr(std::min(line + 1, size)));
  const auto found = selector->select(page);
  if (!std::ranges::is_sorted(found)) __builtin_trap();
  if (!found.empty()) (void)selector->select(page, found.front());
  return 0;
}
