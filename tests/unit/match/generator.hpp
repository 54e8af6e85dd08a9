#pragma once
/// Random queries and texts in which much meets.

#include <array>
#include <random>
#include <string>

namespace pw::match {

/// Random texts and queries of a few words in several scripts, so that much meets.
class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  unsigned below(unsigned n) { return std::uniform_int_distribution<unsigned>(0, n - 1)(random_); }

  std::string word() {
    static const std::array<std::string, 24> words{"Iran",
                                                   "iran",
                                                   "IRANIAN",
                                                   "Баку",
                                                   "баку",
                                                   "Bakı",
                                                   "baki",
                                                   "Straße",
                                                   "STRASSE",
                                                   "東京都",
                                                   "イラン",
                                                   "x",
                                                   "ایران",
                                                   "O’Brien",
                                                   "U.S.",
                                                   "ﬁnance",
                                                   "הודו",
                                                   "काम",
                                                   "ガス",
                                                   "이란",
                                                   "vice-chair",
                                                   "a",
                                                   "internationalisation",
                                                   "½"};
    return words[below(words.size())];
  }

  std::string text() {
    static const std::array<std::string, 9> marks{" ", " ", " ", " ", ", ", "’s ", ". ", ".\n", "\xFF"};
    std::string out;
    for (unsigned i = below(25); i > 0; --i) out += word() + marks[below(marks.size())];
    return out;
  }

  std::string place() {
    switch (below(6)) {
      case 0: return '"' + word() + ' ' + word() + '"';
      case 1: return '"' + word() + ' ' + word() + ' ' + word() + '"';
      case 2: return '{' + word() + '}';
      case 3: return prefix();
      default: return word();
    }
  }

  std::string leaf() {
    static const std::array<std::string, 4> fields{"", "title:", "text:", "lead:"};
    const std::string field = below(5) == 0 ? fields[below(fields.size())] : "";
    switch (below(10)) {
      case 0: return '"' + word() + ' ' + word() + "\"~" + std::to_string(below(4));
      case 1: return "atleast" + std::to_string(1 + below(3)) + '(' + places() + ')';
      case 2: return "b?k*";
      case 3: return "site:example.org";
      default: return field + place();
    }
  }

  std::string query(unsigned depth) {
    if (depth == 0) return leaf();
    const auto two = [&](const std::string& op) { return '(' + query(depth - 1) + op + query(depth - 1) + ')'; };
    switch (below(7)) {
      case 0: return two(" AND ");
      case 1: return two(" OR ");
      case 2: return two(" NOT ");
      case 3: return '(' + places() + near() + places() + ')';
      default: return query(depth - 1);
    }
  }

 private:
  std::string prefix() {
    static const std::array<std::string, 8> prefixes{
        "ir*", "iran*", "irania*", "ба*", "international*", "internationalis*", "str*", "ای*"};
    return prefixes[below(prefixes.size())];
  }

  std::string places() { return below(2) == 0 ? place() : '(' + place() + " OR " + place() + ')'; }

  std::string near() {
    static const std::array<std::string, 4> operators{" NEAR/", " ONEAR/", " /s ", " /p "};
    const std::string& one = operators[below(operators.size())];
    return one.ends_with('/') ? one + std::to_string(below(6)) + ' ' : one;
  }

  std::mt19937 random_;
};

}  // namespace pw::match
