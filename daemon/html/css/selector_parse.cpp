#include "core/codec/hex.hpp"
#include "core/text.hpp"
#include "html/css/selector.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>

namespace pw::html {
namespace {

using namespace css;

constexpr std::size_t kMaxSelector = 4096;
constexpr int kMaxNesting = 16;

/// Aborts parsing at the first error. Never leaves this file.
struct Mistake {
  std::size_t at;
  std::string what;
};

constexpr std::string_view kNever[] = {"hover",   "active",       "focus",         "focus-visible", "focus-within",
                                       "visited", "target",       "target-within", "current",       "past",
                                       "future",  "playing",      "paused",        "muted",         "local-link",
                                       "host",    "host-context", "defined",       "user-invalid"};

class Parser {
 public:
  explicit Parser(std::string_view css) : css_(css) {}

  List whole() {
    List list = selector_list(false, false);
    if (pos_ < css_.size()) stop("unexpected character");
    return list;
  }

 private:
  [[noreturn]] void stop(std::string what) const { throw Mistake{pos_, std::move(what)}; }
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return pos_ + ahead < css_.size() ? css_[pos_ + ahead] : '\0';
  }
  bool accept(char c) {
    if (peek() != c || pos_ >= css_.size()) return false;
    ++pos_;
    return true;
  }
  void expect(char c) {
    if (!accept(c)) stop(fmt::format("'{}' expected", c));
  }

  bool comment() {
    if (peek() != '/' || peek(1) != '*') return false;
    const std::size_t end = css_.find("*/", pos_ + 2);
    if (end == std::string_view::npos) stop("unterminated comment");
    pos_ = end + 2;
    return true;
  }

  /// A comment does not count as white space: "p/**/.a" is one compound.
  bool spaces() {
    bool found = false;
    do {
      while (pos_ < css_.size() && is_ascii_space(css_[pos_])) {
        ++pos_;
        found = true;
      }
    } while (comment());
    return found;
  }

  List selector_list(bool relative, bool forgiving) {
    List list;
    do {
      spaces();
      if (forgiving && (peek() == ',' || peek() == ')')) continue;
      list.push_back(complex(relative));
    } while (accept(','));
    return list;
  }

  std::optional<Combinator> combinator() {
    const bool space = spaces();
    if (accept('>')) return Combinator::child;
    if (accept('+')) return Combinator::next;
    if (accept('~')) return Combinator::later;
    if (!space || pos_ >= css_.size() || peek() == ',' || peek() == ')') return std::nullopt;
    return Combinator::descendant;
  }

  Complex complex(bool relative) {
    Complex result;
    Combinator before = Combinator::descendant;
    if (relative) before = combinator().value_or(Combinator::descendant);
    for (;;) {
      spaces();
      Compound part = compound();
      part.before = before;
      result.push_back(std::move(part));
      const auto next = combinator();
      if (!next) return result;
      before = *next;
    }
  }

  Compound compound() {
    Compound result;
    type(result);
    for (;;) {
      const char c = peek();
      if (c == '#' || c == '.') {
        ++pos_;
        Simple test;
        test.test = c == '#' ? Test::id : Test::class_name;
        test.value = identifier(c == '#');
        result.tests.push_back(std::move(test));
      } else if (c == '[') {
        result.tests.push_back(attribute());
      } else if (c == ':') {
        result.tests.push_back(pseudo());
      } else if (!comment()) {
        break;
      }
    }
    if (result.tests.empty()) stop("expected a selector");
    return result;
  }

  void type(Compound& result) {
    Simple test;
    if (peek() == '*' && peek(1) == '|')
      pos_ += 2;
    else if (peek() == '|' && peek(1) != '=')
      ++pos_;
    if (accept('*')) {
      test.test = Test::any;
    } else if (starts_name()) {
      test.test = Test::type;
      test.value = ascii_lower(identifier(false));
    } else {
      return;
    }
    if (peek() == '|') stop("namespaces are not supported");
    result.tests.push_back(std::move(test));
  }

  static bool name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
  }
  [[nodiscard]] bool starts_name() const {
    const char c = peek();
    if (c == '\\') return peek(1) != '\n';
    if (c >= '0' && c <= '9') return false;
    if (c == '-')
      return (peek(1) == '\\' && peek(2) != '\n') || (name_char(peek(1)) && !(peek(1) >= '0' && peek(1) <= '9'));
    return name_char(c);
  }

  std::string identifier(bool any_start) {
    if (!starts_name() && !(any_start && name_char(peek()))) stop("expected a name");
    std::string out;
    for (;;) {
      if (peek() == '\\' && peek(1) != '\n')
        escape(out);
      else if (pos_ < css_.size() && name_char(peek()))
        out += css_[pos_++];
      else
        return out;
    }
  }

  /// CSS Syntax level 3, section 4.3.7.
  void escape(std::string& out) {
    ++pos_;
    if (pos_ >= css_.size()) {
      append_utf8(out, 0xFFFD);
      return;
    }
    char32_t point = 0;
    int digits = 0;
    for (; digits < 6 && pos_ < css_.size() && hex_value(peek()) >= 0; ++digits) {
      point = point * 16 + static_cast<char32_t>(hex_value(css_[pos_++]));
    }
    if (digits == 0) {
      append_utf8(out, next_code_point(css_, pos_));
      return;
    }
    append_utf8(out, point == 0 ? 0xFFFD : point);
    if (peek() == '\r' && peek(1) == '\n') ++pos_;
    if (pos_ < css_.size() && is_ascii_space(peek())) ++pos_;
  }

  std::string quoted() {
    const char quote = css_[pos_++];
    std::string out;
    while (pos_ < css_.size() && peek() != quote) {
      if (peek() == '\n') stop("unterminated string");
      if (peek() != '\\')
        out += css_[pos_++];
      else if (peek(1) == '\n')
        pos_ += 2;
      else if (pos_ + 1 >= css_.size())
        ++pos_;
      else
        escape(out);
    }
    expect(quote);
    return out;
  }

  std::string word_or_string() { return peek() == '"' || peek() == '\'' ? quoted() : identifier(false); }

  Simple attribute() {
    ++pos_;
    spaces();
    if (peek() == '*' && peek(1) == '|')
      pos_ += 2;
    else if (peek() == '|')
      ++pos_;
    Simple test;
    test.test = Test::attribute;
    test.name = ascii_lower(identifier(false));
    spaces();
    if (accept(']')) return test;
    constexpr std::string_view kSigns = "~|^$*";
    constexpr Match kMatches[] = {Match::word, Match::dash, Match::prefix, Match::suffix, Match::substring};
    const std::size_t sign = pos_ < css_.size() ? kSigns.find(peek()) : std::string_view::npos;
    test.match = sign == std::string_view::npos ? Match::equal : kMatches[sign];
    if (sign != std::string_view::npos) ++pos_;
    expect('=');
    spaces();
    test.value = word_or_string();
    spaces();
    const char flag = ascii_lower(peek());
    if (flag == 'i' || flag == 's') {
      ++pos_;
      test.letters = flag == 'i' ? Case::insensitive : Case::sensitive;
      spaces();
    }
    expect(']');
    return test;
  }

  Simple pseudo() {
    const std::size_t start = pos_++;
    if (peek() == ':') stop("pseudo-elements are not supported");
    const std::string name = ascii_lower(identifier(false));
    if (accept('(')) {
      if (++nesting_ > kMaxNesting) stop("nested too deeply");
      Simple test = function(name, start);
      spaces();
      expect(')');
      --nesting_;
      return test;
    }
    return plain_pseudo(name, start);
  }

  Simple plain_pseudo(const std::string& name, std::size_t start) {
    Simple test;
    test.offset = 1;
    struct Named {
      std::string_view name;
      Test test;
      bool end;
      bool type;
    };
    static constexpr Named kNames[] = {
        {"root", Test::root, false, false},         {"scope", Test::scope, false, false},
        {"empty", Test::empty, false, false},       {"first-child", Test::nth, false, false},
        {"last-child", Test::nth, true, false},     {"first-of-type", Test::nth, false, true},
        {"last-of-type", Test::nth, true, true},    {"only-child", Test::only, false, false},
        {"only-of-type", Test::only, false, true},  {"checked", Test::checked, false, false},
        {"disabled", Test::disabled, false, false}, {"enabled", Test::enabled, false, false},
        {"required", Test::required, false, false}, {"optional", Test::optional, false, false},
        {"link", Test::link, false, false},         {"any-link", Test::link, false, false}};
    if (const auto* it = std::ranges::find(kNames, name, &Named::name); it != std::end(kNames)) {
      test.test = it->test;
      test.from_end = it->end;
      test.of_type = it->type;
    } else if (std::ranges::find(kNever, name) != std::end(kNever)) {
      test.test = Test::never;
    } else {
      pos_ = start;
      stop(fmt::format("unknown pseudo-class ':{}'", printable(name, 40)));
    }
    return test;
  }

  Simple function(const std::string& name, std::size_t start) {
    Simple test;
    if (name == "is" || name == "where" || name == "matches" || name == "not" || name == "has") {
      test.test = name == "not" ? Test::negation : name == "has" ? Test::has : Test::is;
      test.list = selector_list(test.test == Test::has, test.test == Test::is);
    } else if (name == "lang") {
      test.test = Test::lang;
      do {
        spaces();
        test.words.push_back(
            ascii_lower(accept('*') ? '*' + (name_char(peek()) ? identifier(true) : "") : word_or_string()));
        spaces();
      } while (accept(','));
    } else if (name.starts_with("nth-")) {
      test.test = Test::nth;
      test.from_end = name.starts_with("nth-last-");
      test.of_type = name.ends_with("-of-type");
      if (name != "nth-child" && name != "nth-last-child" && name != "nth-of-type" && name != "nth-last-of-type") {
        pos_ = start;
        stop("unknown pseudo-class");
      }
      nth(test);
    } else {
      pos_ = start;
      stop(fmt::format("unknown pseudo-class ':{}()'", printable(name, 40)));
    }
    return test;
  }

  int integer() {
    int value = 0;
    const std::size_t start = pos_;
    while (peek() >= '0' && peek() <= '9') value = std::min(value * 10 + (css_[pos_++] - '0'), 10'000'000);
    if (pos_ == start) stop("expected a number");
    return value;
  }

  bool keyword(std::string_view word) {
    if (!ascii_iequals(css_.substr(pos_, word.size()), word) || name_char(peek(word.size()))) return false;
    pos_ += word.size();
    return true;
  }

  /// An+B (CSS Syntax Level 3, section 6) and "of S".
  void nth(Simple& test) {
    spaces();
    if (keyword("odd")) {
      test.step = 2;
      test.offset = 1;
    } else if (keyword("even")) {
      test.step = 2;
    } else {
      an_plus_b(test);
    }
    spaces();
    if (!test.of_type && keyword("of")) test.list = selector_list(false, false);
  }

  void an_plus_b(Simple& test) {
    const int sign = accept('-') ? -1 : (accept('+'), 1);
    const bool digits = peek() >= '0' && peek() <= '9';
    const int first = digits ? integer() : 1;
    if (ascii_lower(peek()) != 'n') {
      if (!digits) stop("expected a number");
      test.offset = sign * first;
      return;
    }
    ++pos_;
    test.step = sign * first;
    spaces();
    if (peek() != '+' && peek() != '-') return;
    const int direction = css_[pos_++] == '-' ? -1 : 1;
    spaces();
    test.offset = direction * integer();
  }

  std::string_view css_;
  std::size_t pos_ = 0;
  int nesting_ = 0;
};

}  // namespace

Result<Selector> Selector::compile(std::string_view css) {
  if (css.size() > kMaxSelector) return fail(Errc::too_large, "the selector is longer than {} bytes", kMaxSelector);
  std::string text(css);
  for (std::size_t at = 0; (at = text.find('\0', at)) != std::string::npos;) text.replace(at, 1, "\uFFFD");
  try {
    return Selector{Parser{text}.whole()};
  } catch (const Mistake& mistake) {
    return fail(Errc::invalid, "{} at byte {} of the selector\n{}\n{}^", mistake.what, mistake.at + 1,
                printable(text, kMaxSelector),
                std::string(printable(std::string_view(text).substr(0, mistake.at), kMaxSelector).size(), ' '));
  }
}

}  // namespace pw::html
