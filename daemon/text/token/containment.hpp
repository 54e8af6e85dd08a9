#pragma once
/// How much of one text stands in another: by folded words, so that case, diacritics and punctuation do not count.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pw::text {

/// The sequences of words of one text, to be asked about others. One thread.
class Containment {
 public:
  /// `whole` is read here and not kept. Linear time but for a sort.
  explicit Containment(std::string_view whole);

  /// True when four fifths of the sequences of four words of `part` (two characters, in scripts without spaces) are in
  /// the whole; of a short part, when all of it stands there in one place. What has no words is held by everything.
  [[nodiscard]] bool holds(std::string_view part);

  /// The lines of `part` that are not held, in their order, each without white space around it, joined by '\n'.
  [[nodiscard]] std::string missing_lines(std::string_view part);

 private:
  [[nodiscard]] const std::vector<std::uint64_t>& sequences(std::size_t length);

  std::vector<std::uint64_t> words_;                   ///< hashes of the whole's words, in order
  std::vector<std::vector<std::uint64_t>> by_length_;  ///< hashes of its sequences, sorted; filled when asked for
};

}  // namespace pw::text
