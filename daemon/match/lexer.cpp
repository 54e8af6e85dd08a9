#include "match/lexer.hpp"

#include "core/text.hpp"
#include "match/refusal.hpp"
#include "match/scan.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

namespace pw::match {
namespace {

using Kind = Lexeme::Kind;

constexpr std::uint32_t kPlainNear = 4;

bool ends_word(std::string_view rest) {
  constexpr std::string_view kMarks = "(){}[]";
  return kMarks.find(rest.front()) != std::string_view::npos || space_length(rest) > 0 || quote_at(rest) != nullptr ||
         rest.starts_with("”") || rest.starts_with("»");
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

class Lexer : private Scanner {
 public:
  Lexer(std::string_view query, Marks marks) : Scanner(query), marks_(marks) {}

  std::vector<Lexeme> run() {
    for (skip(); !done(); skip()) next();
    return finish();
  }

 private:
  /// White space and comments: <<< … >>> and # to the end of the line.
  void skip() {
    while (true) {
      skip_space();
      if (rest().starts_with("<<<")) {
        const std::size_t end = query_.find(">>>", pos_);
        if (end == std::string_view::npos) refuse(pos_, "the comment <<< has no end >>>");
        pos_ = end + 3;
      } else if (!marks_.social && peek() == '#' && (pos_ == 0 || is_ascii_space(query_[pos_ - 1]))) {
        pos_ = std::min(query_.find('\n', pos_), query_.size());
      } else {
        return;
      }
    }
  }

  void next() {
    const std::size_t start = pos_;
    if (peek() == '-' && pos_ + 1 < query_.size() &&
        (query_[pos_ + 1] == '(' || quote_at(rest().substr(1)) != nullptr)) {
      ++pos_;
      add(Kind::not_, start);
      return;
    }
    std::string field = read_field();
    switch (peek()) {
      case '(':
        ++pos_;
        add(Kind::open, start).field = std::move(field);
        return;
      case ')': read_close(start); return;
      case '{': read_exact(start, std::move(field)); return;
      case '[': read_range(start, std::move(field)); return;
      default: break;
    }
    if (read_quoted(start, field)) {
      read_suffixes(out_.back());
    } else {
      read_word(start, std::move(field));
    }
  }

  /// The "title:" before a word, phrase or bracket; nothing is read when there is none.
  std::string read_field() {
    std::size_t end = pos_;
    while (end < query_.size() && is_letter(query_[end])) ++end;
    const bool colon = end > pos_ && end < query_.size() && query_[end] == ':';
    if (!colon || query_.substr(end).starts_with("://")) return "";
    if (end + 1 == query_.size() || space_length(query_.substr(end + 1)) > 0) return "";
    std::string field = ascii_lower(query_.substr(pos_, end - pos_));
    pos_ = end + 1;
    return field;
  }

  void read_close(std::size_t start) {
    ++pos_;
    Lexeme& one = add(Kind::close, start);
    if (peek() == '~') refuse(pos_, "~ stands behind a phrase in quotes; between groups write NEAR/n");
    read_weight(one);
  }

  void read_exact(std::size_t start, std::string field) {
    const std::size_t end = query_.find('}', pos_);
    if (end == std::string_view::npos) refuse(pos_, "{ has no end }");
    const std::string_view text = query_.substr(pos_ + 1, end - pos_ - 1);
    pos_ = end + 1;
    Lexeme& one = add(Kind::exact, start);
    one.text = std::string(trim(text));
    one.field = std::move(field);
    read_weight(one);
  }

  void read_range(std::size_t start, std::string field) {
    if (field.empty()) refuse(start, "[ stands behind a field only, as in country:[az TO ge]");
    const std::size_t end = query_.find(']', pos_);
    if (end == std::string_view::npos) refuse(pos_, "[ has no end ]");
    const std::string_view text = query_.substr(pos_ + 1, end - pos_ - 1);
    const std::size_t to = text.find(" TO ");
    if (to == std::string_view::npos) refuse(pos_, "[ ] wants two values, as in [az TO ge]");
    pos_ = end + 1;
    Lexeme& one = add(Kind::range, start);
    one.text = std::string(trim(text.substr(0, to)));
    one.until = std::string(trim(text.substr(to + 4)));
    one.field = std::move(field);
  }

  /// ~n and ^n behind a phrase.
  void read_suffixes(Lexeme& one) {
    if (peek() == '~') {
      const std::size_t at = pos_++;
      const auto slop = number(read_digits());
      if (!slop) refuse(at, "~ wants a number of words, as in \"oil price\"~5");
      one.n = *slop;
      one.has_slop = true;
      one.end = pos_;
    }
    read_weight(one);
  }

  void read_word(std::size_t start, std::string field) {
    const std::size_t from = pos_;
    while (!done() && !ends_word(rest()) && !(peek() == '^' && pos_ > from)) ++pos_;
    std::string_view word = query_.substr(from, pos_ - from);
    if (word.empty()) refuse(from, "a word cannot begin here");
    if (marks_.social && word.size() > 1 && (word.front() == '#' || word.front() == '@')) refuse_social(word, from);
    if (field.empty() && read_operator(word, start)) return;
    if (field.empty() && word.size() > 1 && word.front() == '-') {
      add(Kind::not_, start);
      word.remove_prefix(1);
      ++start;
    }
    refuse_marks(word, pos_ - word.size());
    Lexeme& one = add(Kind::word, start);
    one.text = std::string(word);
    one.field = std::move(field);
    read_weight(one);
  }

  [[noreturn]] static void refuse_social(std::string_view word, std::size_t at) {
    refuse(at, fmt::format("a {} of social media is not looked for in articles", word.front() == '#' ? "tag" : "user"),
           {std::string(word.substr(1)), fmt::format("{{{}}}", word)});
  }

  /// Marks that mean something in other products, and would silently mean nothing here.
  static void refuse_marks(std::string_view word, std::size_t at) {
    const std::string bare(word.substr(1));
    if (word.front() == '+') {
      refuse(at, "+ is not an operator here; dialect = \"lucene\" reads it",
             {"AND " + bare, '"' + std::string(word) + '"'});
    }
    const std::size_t tilde = word.find('~');
    if (tilde != std::string_view::npos) {
      refuse(at + tilde, "~ stands behind a phrase in quotes only; words that are merely similar are not looked for");
    }
    if (word.ends_with('!')) {
      const std::string stem(word.substr(0, word.size() - 1));
      refuse(at + word.size() - 1, "! is not a mark here; dialect = \"lexis\" reads it",
             {stem + '*', '"' + stem + '"'});
    }
  }

  /// Operators in upper case; in other cases only where an operator can stand, so that a word "or" may be asked for.
  bool read_operator(std::string_view word, std::size_t start) {
    const std::string name = ascii_lower(word);
    const bool upper = std::ranges::none_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
    const bool operand = after_operand();
    const bool after_and = !out_.empty() && (out_.back().kind == Kind::and_ || out_.back().kind == Kind::or_);
    if (word == "|" || word == "||") return add(Kind::or_, start), true;
    if (word == "&&") return add(Kind::and_, start), true;
    if (name == "and" && (upper || operand)) return add(Kind::and_, start), true;
    if (name == "or" && (upper || operand)) return add(Kind::or_, start), true;
    if (name == "not" && (upper || operand || after_and)) return add(Kind::not_, start), true;
    if (name == "/s" || name == "/p") {
      add(Kind::near, start).reach = name == "/s" ? Reach::sentence : Reach::paragraph;
      return true;
    }
    if (word.starts_with("NEAR") || word.starts_with("ONEAR") || operand) {
      if (read_near(name, start)) return true;
    }
    constexpr std::string_view kAtLeast = "atleast";
    if (name.starts_with(kAtLeast) && peek() == '(') {
      const auto n = number(std::string_view(name).substr(kAtLeast.size()));
      if (!n || *n == 0) refuse(start, "atleast wants a number of places, as in atleast3(Iran)");
      add(Kind::at_least, start).n = *n;
      return true;
    }
    if (operand) refuse_foreign(name, start);
    return false;
  }

  bool read_near(std::string_view name, std::size_t start) {
    const bool ordered = name.front() == 'o';
    const std::string_view word = ordered ? "onear" : "near";
    if (!name.starts_with(word)) return false;
    std::string_view tail = name.substr(word.size());
    if (!tail.empty() && tail.front() != '/') return false;
    Lexeme& one = add(Kind::near, start);
    one.ordered = ordered;
    one.n = kPlainNear;
    if (tail.empty()) return true;
    tail.remove_prefix(1);
    if (tail.ends_with('f')) {
      one.ordered = true;
      tail.remove_suffix(1);
    }
    const auto n = number(tail);
    if (!n) refuse(start, "NEAR wants a number of words from 0 to 10000, as in NEAR/5");
    one.n = *n;
    return true;
  }

  /// Operators of other products where an operator is expected.
  static void refuse_foreign(std::string_view name, std::size_t start) {
    const std::size_t slash = name.find('/');
    if (slash == std::string_view::npos) return;
    const std::string_view left = name.substr(0, slash);
    const std::string_view right = name.substr(slash + 1);
    if (left == "w" && (right == "s" || right == "p")) {
      refuse(start, fmt::format("{} is LexisNexis; dialect = \"lexis\" reads it", name), {fmt::format("/{}", right)});
    }
    const auto n = number(right);
    if (!n || (left != "w" && left != "pre" && left != "within" && !left.empty())) return;
    const bool ordered = left == "pre";
    refuse(start, fmt::format("there is no operator {}; dialect = \"lexis\" reads it", name),
           {fmt::format("{}NEAR/{}", ordered ? "O" : "", *n > 0 ? *n - 1 : 0),
            fmt::format("{}NEAR/{}", ordered ? "O" : "", *n)});
  }

  Marks marks_;
};

}  // namespace

std::vector<Lexeme> lex(std::string_view query, Marks marks) { return Lexer(query, marks).run(); }

}  // namespace pw::match
