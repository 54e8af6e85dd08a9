#pragma once
/// Tells whether one text contains another, comparing folded words: case, diacritics and punctuation do not count.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pw::text {

/// The word sequences of one text, for comparison with others. Not thread-safe.
class Containment {
 public:
  /// Does not keep `whole`. Linear time, except for a sort.
  explicit Containment(std::string_view whole);

  /// True if the whole contains four fifths of the four-word sequences of `part` (two-character sequences in scripts
  /// without spaces). A short part must occur in one place as a whole. A part without words is always contained.
  [[nodiscard]] bool holds(std::string_view part);

  /// The lines of `part` that are not contained, in order, trimmed and joined by newlines.
  [[nodiscard]] std::string missing_lines(std::string_view part);

 private:
  [[nodiscard]] const std::vector<std::uint64_t>& sequences(std::size_t length);

  std::vector<std::uint64_t> words_;                   ///< hashes of the whole's words, in order
  std::vector<std::vector<std::uint64_t>> by_length_;  ///< hashes of its sequences, sorted; computed on demand
};

}  // namespace pw::text
