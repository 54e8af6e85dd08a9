#include "websub/form.hpp"
#include "websub/signature.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// Input: X-Hub-Signature, a line break, then a form, which is also used as the signed body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  const std::size_t line = std::min(input.find('\n'), size);
  const std::string_view form = input.substr(std::min(line + 1, size));
  if (pw::websub::is_signed(input.substr(0, line), "a secret nobody knows", form)) __builtin_trap();
  for (const char* name : {"hub.mode", "hub.topic", "hub.challenge", "hub.lease_seconds", ""}) {
    const std::string value = pw::websub::form_field(form, name);
    if (pw::websub::form_field(pw::websub::to_form({{name, value}}), name) != value) __builtin_trap();
  }
  return 0;
}
