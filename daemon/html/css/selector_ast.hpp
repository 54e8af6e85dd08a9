#pragma once
/// What a compiled CSS selector consists of. Private to parse/selector*.

#include <cstdint>
#include <string>
#include <vector>

namespace pw::html::css {

enum class Combinator : std::uint8_t { descendant, child, next, later };
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
enum class Match : std::uint8_t { present, equal, word, dash, prefix, suffix, substring };
enum class Case : std::uint8_t { document, insensitive, sensitive };

struct Compound;
/// Compounds from left to right, each with the combinator before it (of the first: only inside :has).
using Complex = std::vector<Compound>;
using List = std::vector<Complex>;

/// One test of one element.
struct Simple {
  Test test = Test::any;
  std::string name;
  std::string value;
  Match match = Match::present;
  Case letters = Case::document;
  int step = 0;  ///< An+B of :nth-*
  int offset = 0;
  bool from_end = false;           ///< :nth-last-*
  bool of_type = false;            ///< :nth-of-type and kin
  std::vector<std::string> words;  ///< ranges of :lang
  List list;
};

struct Compound {
  std::vector<Simple> tests;
  Combinator before = Combinator::descendant;
};

}  // namespace pw::html::css
