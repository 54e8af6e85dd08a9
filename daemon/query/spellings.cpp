#include "query/spellings.hpp"

#include "core/text.hpp"
#include "text/token/tokens.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace pw::query {

namespace {

constexpr std::size_t kLongestCode = 3;      // letters of a code such as F-35
constexpr std::size_t kLongestInitials = 5;  // letters of initials such as U.S.
constexpr std::size_t kGroup = 3;            // digits between two separators of thousands

bool all(std::string_view word, bool (*is)(char)) { return !word.empty() && std::ranges::all_of(word, is); }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return is_ascii_digit(c); }
bool is_letter(char c) { return is_ascii_letter(c); }

bool is_code(std::string_view word) { return word.size() <= kLongestCode && all(word, is_letter); }
bool is_group(std::string_view word) { return word.size() == kGroup && all(word, is_digit); }

bool is_one_of(std::string_view mark, std::initializer_list<std::string_view> marks) {
  return std::ranges::find(marks, mark) != marks.end();
}

bool is_dash(std::string_view gap) { return is_one_of(gap, {"-", "‐", "‑", "–"}); }

/// A comma, point, apostrophe, or a space that does not break.
bool separates_thousands(std::string_view gap) { return is_one_of(gap, {",", ".", "'", "’", "\u00A0", "\u202F"}); }

/// The words of a term as written, and what stands between them.
struct Words {
  std::vector<std::string_view> words;
  std::vector<std::string_view> gaps;  ///< behind each word; the last is ""
};

Words words_of(std::string_view term) {
  text::Tokens tokens;
  tokens.read(term);
  Words out;
  for (std::size_t i = 0; i < tokens.all().size(); ++i) {
    const text::Token& token = tokens.all()[i];
    out.words.push_back(term.substr(token.begin, token.end - token.begin));
    const bool last = i + 1 == tokens.all().size();
    out.gaps.push_back(last ? std::string_view{} : term.substr(token.end, tokens.all()[i + 1].begin - token.end));
  }
  return out;
}

/// The number of initials that begin at `first`: U.S. has two.
std::size_t initials_at(const Words& term, std::size_t first) {
  std::size_t count = 0;
  while (first + count < term.words.size() && term.words[first + count].size() == 1 &&
         is_capital(term.words[first + count].front())) {
    ++count;
    if (term.gaps[first + count - 1] != ".") break;
  }
  return count;
}

bool joins_code(const Words& term, std::size_t i) {
  if (i + 1 == term.words.size() || !is_dash(term.gaps[i])) return false;
  const std::string_view a = term.words[i];
  const std::string_view b = term.words[i + 1];
  return (is_code(a) && all(b, is_digit)) || (all(a, is_digit) && is_code(b));
}

/// The number of words from `first` on that are groups of one number.
std::size_t thousands_at(const Words& term, std::size_t first) {
  if (term.words[first].size() > kGroup || !all(term.words[first], is_digit)) return 1;
  std::size_t count = 1;
  while (first + count < term.words.size() && separates_thousands(term.gaps[first + count - 1]) &&
         is_group(term.words[first + count])) {
    ++count;
  }
  return count;
}

Spelling joined(const Words& term) {
  Spelling out;
  for (std::size_t i = 0; i < term.words.size();) {
    const std::size_t initials = initials_at(term, i);
    const bool are_initials = initials > 1 && initials <= kLongestInitials;
    const std::size_t count = are_initials ? initials : joins_code(term, i) ? 2 : thousands_at(term, i);
    out.exact = out.exact || are_initials;
    if (!out.text.empty()) out.text += ' ';
    for (std::size_t k = 0; k < count; ++k) out.text += term.words[i + k];
    i += count;
  }
  return out;
}

/// "F35" as "F 35", "1000" as "1 000", "US" as "U S".
void add_apart(std::string& out, std::string_view word) {
  const auto* change = std::ranges::adjacent_find(
      word, [](char a, char b) { return (is_letter(a) && is_digit(b)) || (is_digit(a) && is_letter(b)); });
  if (change != word.end()) {
    const auto length = static_cast<std::size_t>(change - word.begin()) + 1;
    const std::string_view first = word.substr(0, length);
    const std::string_view second = word.substr(length);
    const bool code = (is_code(first) && all(second, is_digit)) || (all(first, is_digit) && is_code(second));
    out += code ? std::string(first) + ' ' + std::string(second) : std::string(word);
  } else if (all(word, is_digit)) {
    for (std::size_t i = 0; i < word.size(); ++i) {
      if (i > 0 && (word.size() - i) % kGroup == 0) out += ' ';
      out += word[i];
    }
  } else if (word.size() > 1 && word.size() <= kLongestInitials && all(word, is_capital)) {
    for (std::size_t i = 0; i < word.size(); ++i) {
      if (i > 0) out += ' ';
      out += word[i];
    }
  } else {
    out += word;
  }
}

Spelling apart(const Words& term) {
  Spelling out;
  for (const std::string_view word : term.words) {
    if (!out.text.empty()) out.text += ' ';
    add_apart(out.text, word);
  }
  return out;
}

}  // namespace

std::vector<Spelling> other_spellings(std::string_view term) {
  const Words words = words_of(term);
  std::string given;
  for (const std::string_view word : words.words) given += (given.empty() ? "" : " ") + std::string(word);
  std::vector<Spelling> out;
  for (Spelling& one : std::array{joined(words), apart(words)}) {
    if (one.text != given) out.push_back(std::move(one));
  }
  return out;
}

}  // namespace pw::query
