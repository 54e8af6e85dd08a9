#pragma once
/// Random queries and texts that match each other often.

#include <array>
#include <random>
#include <string>

namespace pw::match {

/// Generates texts and queries from a few words in several scripts, so that matches are frequent.
class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  unsigned below(unsigned n) { return std::uniform_int_distribution<unsigned>(0, n - 1)(random_); }

  std::string word() {
    static const std::array<std::string, 26> words{"Iran",
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
                                                   "C++",
                                                   "Iran東京都Баку",
                                                   "½"};
    return words[below(words.size())];
  }

  std::string text() {
    static const std::array<std::string, 12> marks{" ",  " ",   " ",    " ", ", ", "’s ",
                                                   ". ", ".\n", "\xFF", "",  "-",  "\u00AD"};
    std::string out;
    for (unsigned i = below(25); i > 0; --i) out += word() + marks[below(marks.size())];
    return out;
  }

  std::string place() {
    switch (below(9)) {
      case 0: return '"' + word() + ' ' + word() + '"';
      case 1: return '"' + word() + ' ' + word() + ' ' + word() + '"';
      case 2: return exact();
      case 3: return prefix();
      case 4: return wildcard();
      case 5: return '"' + word() + ' ' + (below(2) == 0 ? prefix() : wildcard()) + '"';
      default: return word();
    }
  }

  std::string leaf() {
    switch (below(10)) {
      case 0: return field() + window();
      case 1: return "atleast" + std::to_string(1 + below(3)) + '(' + places() + ')';
      case 2: return field() + wildcard();
      case 3: return property();
      case 4: return place() + "^2.5";
      default: return field() + place();
    }
  }

  std::string query(unsigned depth) {
    if (depth == 0) return leaf();
    const auto two = [&](const std::string& op) { return '(' + query(depth - 1) + op + query(depth - 1) + ')'; };
    switch (below(10)) {
      case 0: return two(" AND ");
      case 1: return two(" OR ");
      case 2: return two(" NOT ");
      case 3: return field() + '(' + near_of(places(), places()) + ')';
      case 4: return near_of(field() + places(), field() + places());
      case 5: return near_of('(' + near_of(places(), places()) + ')', places());
      case 6: return near_of(deep_near(2), '(' + deep_near(1) + " OR " + places() + ')');
      default: return query(depth - 1);
    }
  }

 private:
  std::string prefix() {
    static const std::array<std::string, 8> prefixes{
        "ir*", "iran*", "irania*", "ба*", "international*", "internationalis*", "str*", "ای*"};
    return prefixes[below(prefixes.size())];
  }

  std::string wildcard() {
    static const std::array<std::string, 8> wildcards{
        "b?k*", "ir?n", "б?ку", "stra?se", "i?an*", "inter?ationali?ation", "ا?ران", "이?"};
    return wildcards[below(wildcards.size())];
  }

  std::string exact() {
    static const std::array<std::string, 6> marked{"{C++}", "{U.S.}", "{Iran’s}", "{x, a}", "{Баку. Iran}", "{-x}"};
    return below(3) == 0 ? marked[below(marked.size())] : '{' + word() + '}';
  }

  std::string field() {
    static const std::array<std::string, 3> fields{"title:", "text:", "lead:"};
    return below(5) == 0 ? fields[below(fields.size())] : "";
  }

  std::string window() {
    const std::string third = below(2) == 0 ? ' ' + word() : "";
    return '"' + word() + ' ' + word() + third + "\"~" + std::to_string(below(4));
  }

  std::string property() {
    static const std::array<std::string, 8> properties{
        "site:example.org", "lang:fa",         "country:[am TO az]",     "tag:wire",
        "source:jns",       "url:\"/world/\"", "author:\"Dana Keller\"", "lang:[en TO fr]"};
    return properties[below(properties.size())];
  }

  /// A NEAR that counts words, because only such a NEAR can be nested.
  std::string deep_near(unsigned depth) {
    static const std::array<std::string, 4> operators{" NEAR/0 ", " NEAR/2 ", " NEAR ", " ONEAR/3 "};
    if (depth == 0) return places();
    return '(' + deep_near(depth - 1) + operators[below(operators.size())] + deep_near(below(depth)) + ')';
  }

  std::string places() { return below(2) == 0 ? place() : '(' + place() + " OR " + place() + ')'; }

  std::string near_of(const std::string& left, const std::string& right) {
    const std::string n = std::to_string(below(6));
    switch (below(7)) {
      case 0: return left + " NEAR " + right;
      case 1: return left + " NEAR/" + n + "f " + right;
      case 2: return left + " ONEAR/" + n + ' ' + right;
      case 3: return left + " /s " + right;
      case 4: return left + " /p " + right;
      default: return left + " NEAR/" + n + ' ' + right;
    }
  }

  std::mt19937 random_;
};

}  // namespace pw::match
