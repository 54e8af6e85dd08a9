#pragma once
/// The syntax tree of a compiled CSS selector. Private to html/css.

#include <cstdint>
#include <string>
#include <vector>

namespace pw::html::css {

enum class Combinator : std::uint8_t { descendant, child, next, later };
/// What a Simple selector tests.
enum class Test : std::uint8_t {
  any,
  type,
  id,
  class_name,
  attribute,
  root,
  scope,
  empty,
  lang,
  nth,
  only,
  is,
  negation,
  has,
  checked,
  disabled,
  enabled,
  required,
  optional,
  link,
  never
};
/// How an attribute value is compared: [a], [a=v], [a~=v], [a|=v], [a^=v], [a$=v], [a*=v].
enum class Match : std::uint8_t { present, equal, word, dash, prefix, suffix, substring };
/// Case sensitivity of an attribute value: as defined by HTML, the i flag, or the s flag.
enum class Case : std::uint8_t { document, insensitive, sensitive };

struct Compound;
/// Compounds from left to right, each with the combinator that precedes it (for the first one, used only inside :has).
using Complex = std::vector<Compound>;
using List = std::vector<Complex>;

/// One simple selector: a test of one element.
struct Simple {
  Test test = Test::any;
  std::string name;
  std::string value;
  Match match = Match::present;
  Case letters = Case::document;
  int step = 0;  ///< the An+B of :nth-*
  int offset = 0;
  bool from_end = false;           ///< :nth-last-*
  bool of_type = false;            ///< :nth-of-type and similar
  std::vector<std::string> words;  ///< language ranges of :lang
  List list;
};

/// Simple selectors that apply to the same element.
struct Compound {
  std::vector<Simple> tests;
  Combinator before = Combinator::descendant;
};

}  // namespace pw::html::css
