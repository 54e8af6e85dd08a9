#pragma once
/// How often an article mentions what a query asks for. Private to match/.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pw::match {

/// A place of a term: tokens from `first` to `last` of a field.
struct Mention {
  std::size_t field = 0;
  std::uint32_t first = 0;
  std::uint32_t last = 0;

  friend auto operator<=>(const Mention&, const Mention&) = default;
};

/// Places that overlap count once: "Ilham Aliyev" is one mention for a query that also asks for Aliyev.
std::size_t count_mentions(std::vector<Mention> places);

}  // namespace pw::match
