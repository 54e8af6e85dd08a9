#pragma once
/// Unexpected responses that a server may send to a plugin.

#include <string>
#include <string_view>
#include <vector>

namespace pw::cli {

struct HostileAnswer {
  std::string name;  ///< "cut off at 1/2"
  std::string body;
};

/// About forty variants: empty, other formats, `good` truncated, damaged, repeated or with corrupted numbers and
/// quotes, deep nesting, noise. Deterministic.
std::vector<HostileAnswer> hostile_answers(std::string_view good);

}  // namespace pw::cli
