#pragma once
/// Selectors and pointers that a plugin asks for again and again, compiled once.

#include "core/json/json_field.hpp"
#include "core/result.hpp"
#include "html/css/selector.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace pw::native {

/// Compiled forms by their text. Of one source; one thread at a time.
template <class Compiled>
class Compilations {
 public:
  static constexpr std::size_t kMax = 256;  ///< then all are forgotten: a plugin with more makes them up

  /// Valid until the next call.
  Result<const Compiled*> get(std::string_view text) {
    if (const auto known = known_.find(text); known != known_.end()) return &known->second;
    auto compiled = Compiled::compile(text);
    if (!compiled) return compiled.error();
    if (known_.size() == kMax) known_.clear();
    return &known_.emplace(std::string(text), std::move(*compiled)).first->second;
  }

 private:
  std::map<std::string, Compiled, std::less<>> known_;
};

struct Lookup {
  Compilations<html::Selector> selectors;
  Compilations<pw::JsonPath> pointers;
  Compilations<pw::JsonField> fields;
};

}  // namespace pw::native
