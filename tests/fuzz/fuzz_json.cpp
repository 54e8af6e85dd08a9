#include "core/json/json_field.hpp"
#include "core/json/lenient_json.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace {

/// Repaired text is well-formed, and repairing well-formed text changes no value.
void check_repair(std::string_view text, const boost::json::value* sound) {
  boost::json::parse_options options;
  options.allow_invalid_utf8 = true;
  options.max_depth = 65;
  boost::system::error_code error;
  const boost::json::value values = boost::json::parse(pw::repair_json(text), error, {}, options);
  if (error) __builtin_trap();
  const bool bracketed = sound != nullptr && sound->is_structured();
  if (bracketed && values.as_array() != boost::json::array{*sound}) __builtin_trap();
}

}  // namespace

/// Input: a field as written in a source file, a line break, then the response that it is applied to.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  const std::size_t line = std::min(input.find('\n'), size);
  const auto field = pw::JsonField::compile(input.substr(0, line));
  const std::string_view text = input.substr(std::min(line + 1, size));
  const auto document = pw::parse_json(text);
  check_repair(text, document ? &*document : nullptr);
  if (!field || !document) return 0;
  const auto values = field->values(*document);
  if (!values.empty() && values.front() != field->text(*document)) __builtin_trap();
  return 0;
}
