#include "core/json/json_field.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// Input: a field as written in a source file, a line break, then the response that it is applied to.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  const std::size_t line = std::min(input.find('\n'), size);
  const auto field = pw::JsonField::compile(input.substr(0, line));
  const auto document = pw::parse_json(input.substr(std::min(line + 1, size)));
  if (!field || !document) return 0;
  const auto values = field->values(*document);
  if (!values.empty() && values.front() != field->text(*document)) __builtin_trap();
  return 0;
}
