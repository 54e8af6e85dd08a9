#pragma once
/// What a server may send in the place of what a plugin expects.

#include <string>
#include <string_view>
#include <vector>

namespace pw::cli {

struct HostileAnswer {
  std::string name;  ///< "cut off at 1/2"
  std::string body;
};

/// Some forty: nothing, other formats, `good` cut off, damaged, repeated, its numbers and quotes spoilt, deep nesting,
/// noise. The same for the same `good`.
std::vector<HostileAnswer> hostile_answers(std::string_view good);

}  // namespace pw::cli
