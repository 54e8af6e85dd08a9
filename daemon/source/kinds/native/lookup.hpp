#pragma once
/// Caches compiled selectors and pointers that a plugin uses repeatedly.

#include "core/json/json_field.hpp"
#include "core/result.hpp"
#include "html/css/selector.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace pw::native {

/// Compiled expressions by their text. Belongs to one source; not thread-safe.
template <class Compiled>
class Compilations {
 public:
  static constexpr std::size_t kMax = 256;  ///< at this size the cache is cleared: a plugin that uses more expressions
                                            ///< generates them

  /// Compiles `text` or returns the cached result, which is valid until the next call.
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

/// The caches of one source.
struct Lookup {
  Compilations<html::Selector> selectors;
  Compilations<pw::JsonPath> pointers;
  Compilations<pw::JsonField> fields;
};

}  // namespace pw::native
