#pragma once
/// Spellings of a term that differ in how its parts are joined. Private to query. Any thread.

#include <string>
#include <string_view>
#include <vector>

namespace pw::query {

/// A spelling as text. `exact`: only as written, because its folded form is a common word ("US").
struct Spelling {
  std::string text;
  bool exact = false;
};

/// The other spellings of a word or phrase, without the given one; at most two:
/// - with its parts joined: F-35 and F35, 1,000 and 1000, U.S. and US (exact);
/// - with its parts apart: F35 and F 35, 1000 and 1 000, US and U S. Only a word of two to five capital letters can be
///   initials.
std::vector<Spelling> other_spellings(std::string_view term);

}  // namespace pw::query
