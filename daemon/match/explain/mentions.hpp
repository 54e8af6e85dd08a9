#pragma once
/// Counts how often an article mentions what a query searches for. Private to match. Any thread.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pw::match {

/// An occurrence of a term: tokens `first` to `last` of a field.
struct Mention {
  std::size_t field = 0;
  std::uint32_t first = 0;
  std::uint32_t last = 0;

  friend auto operator<=>(const Mention&, const Mention&) = default;
};

/// Overlapping occurrences count once: "Ilham Aliyev" is one mention for a query that also contains Aliyev.
std::size_t count_mentions(std::vector<Mention> places);

}  // namespace pw::match
