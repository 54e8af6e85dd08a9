#include "query/lexer.hpp"

#include "core/text.hpp"
#include "query/foreign.hpp"
#include "query/refusal.hpp"
#include "query/scan.hpp"
#include "query/terms.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>

namespace pw::query {
namespace {

using Kind = Lexeme::Kind;

constexpr std::uint32_t kPlainNear = 4;

bool ends_word(std::string_view query, std::size_t at) {
  constexpr std::string_view kMarks = "(){}[]|";
  const std::string_view rest = query.substr(at);
  return kMarks.find(rest.front()) != std::string_view::npos || rest.starts_with("&&") || space_length(rest) > 0 ||
         quote_at(query, at) != nullptr;
}

/// True if a # followed by this text starts a comment. Directly before a word it is a tag.
bool is_comment(std::string_view behind) {
  constexpr std::string_view kRulers = "#-=*";
  return behind.empty() || space_length(behind) > 0 || kRulers.find(behind.front()) != std::string_view::npos;
}

class Lexer : private Scanner {
 public:
  Lexer(std::string_view query, Marks marks) : Scanner(query), marks_(marks) {}

  std::vector<Lexeme> run() {
    for (skip(); !done(); skip()) next();
    return finish();
  }

 private:
  /// Skips white space and comments: <<< … >>>, and # to the end of the line.
  void skip() {
    while (true) {
      skip_space();
      if (rest().starts_with("<<<")) {
        const std::size_t end = query_.find(">>>", pos_);
        if (end == std::string_view::npos) refuse(pos_, "missing >>> after <<<");
        pos_ = end + 3;
      } else if (!marks_.social && peek() == '#' && (pos_ == 0 || is_ascii_space(query_[pos_ - 1])) &&
                 is_comment(rest().substr(1))) {
        pos_ = std::min(query_.find('\n', pos_), query_.size());
      } else {
        return;
      }
    }
  }

  void next() {
    const std::size_t start = pos_;
    if (read_minus(start) || read_sign(start)) return;
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

  /// A minus directly before the term to exclude.
  bool read_minus(std::size_t start) {
    const std::size_t length = minus_length(rest());
    if (length == 0) return false;
    std::size_t behind = pos_ + length;
    while (const std::size_t mark = invisible_length(query_.substr(behind))) behind += mark;
    const std::string_view next = query_.substr(behind);
    if (next.empty() || next.front() == ')' || space_length(next) > 0) {
      refuse(start, "a minus must be right before the term to exclude, as in -football", {"NOT football"});
    }
    if (minus_length(next) > 0) refuse(start, "one minus is enough", {"-football"});
    pos_ = behind;
    add(Kind::not_, start);
    return true;
  }

  /// Operators that need no surrounding spaces.
  bool read_sign(std::size_t start) {
    const bool both = rest().starts_with("&&");
    if (!both && peek() != '|') return false;
    pos_ += both || rest().starts_with("||") ? 2 : 1;
    add(both ? Kind::and_ : Kind::or_, start);
    return true;
  }

  /// The "title:" before a word, phrase or bracket. Consumes nothing and returns "" if there is none.
  std::string read_field() {
    const std::size_t length = field_length(rest());
    if (length == 0) return "";
    std::string field = ascii_lower(rest().substr(0, length));
    pos_ += length + 1;
    if (const std::size_t minus = minus_length(rest())) {
      refuse(pos_, "the minus goes before the field",
             {fmt::format("-{}:{}", field, rest().substr(minus, rest().find_first_of(" )\n") - minus))});
    }
    if (is_our_field(ascii_lower(rest().substr(0, field_length(rest()))))) {
      refuse(pos_, fmt::format("two fields: a term can only be in one, and this one already has {}", printable(field)));
    }
    return field;
  }

  void read_close(std::size_t start) {
    ++pos_;
    Lexeme& one = add(Kind::close, start);
    if (peek() == '~') refuse(pos_, "~ is only allowed after a phrase in quotes; between groups, use NEAR/n");
    read_weight(one);
  }

  void read_exact(std::size_t start, std::string field) {
    const std::size_t end = query_.find('}', pos_);
    if (end == std::string_view::npos) refuse(pos_, "missing } after {");
    const std::string_view text = query_.substr(pos_ + 1, end - pos_ - 1);
    pos_ = end + 1;
    Lexeme& one = add(Kind::exact, start);
    one.text = std::string(trim(text));
    one.field = std::move(field);
    read_weight(one);
  }

  void read_range(std::size_t start, std::string field) {
    if (field.empty()) refuse(start, "[ is only allowed after a field, as in country:[az TO ge]");
    const std::size_t end = query_.find(']', pos_);
    if (end == std::string_view::npos) refuse(pos_, "missing ] after [");
    const std::string_view text = query_.substr(pos_ + 1, end - pos_ - 1);
    const std::size_t to = text.find(" TO ");
    if (to == std::string_view::npos) refuse(pos_, "[ ] needs two values, as in [az TO ge]");
    pos_ = end + 1;
    Lexeme& one = add(Kind::range, start);
    one.text = std::string(trim(text.substr(0, to)));
    one.until = std::string(trim(text.substr(to + 4)));
    one.field = std::move(field);
  }

  /// ~n and ^n after a phrase.
  void read_suffixes(Lexeme& one) {
    if (peek() == '~') {
      const std::size_t at = pos_++;
      const auto slop = number(read_digits());
      if (!slop) refuse(at, "~ needs a number of words, as in \"oil price\"~5");
      one.n = *slop;
      one.has_slop = true;
      one.end = pos_;
    }
    read_weight(one);
  }

  void read_word(std::size_t start, std::string field) {
    const std::size_t from = pos_;
    while (!done() && !ends_word(query_, pos_) && !(peek() == '^' && pos_ > from)) ++pos_;
    const std::string_view word = without_invisible_end(query_.substr(from, pos_ - from));
    if (word.empty()) refuse(from, "unexpected character");
    if (field.empty() && read_operator(word, start)) return;
    if (is_text(field)) refuse_marks(word, from);
    if (peek() == '(') refuse_command(word, from);
    Lexeme& one = add(Kind::word, start);
    one.text = std::string(word);
    one.field = std::move(field);
    read_weight(one);
  }

  /// True for fields whose values are ordinary words. URLs and exact values have special characters of their own.
  static bool is_text(std::string_view field) {
    constexpr std::array<std::string_view, 7> kText{"", "title", "headline", "text", "body", "lead", "ingress"};
    return std::ranges::find(kText, field) != kText.end();
  }

  /// Rejects characters that have a meaning in other products and would be ignored here.
  void refuse_marks(std::string_view word, std::size_t at) const {
    if (word.front() == '+') {
      refuse(at, "+ is not an operator here; dialect = \"lucene\" accepts it",
             {"AND " + std::string(word.substr(1)), '"' + std::string(word) + '"'});
    }
    const std::size_t tilde = word.find('~');
    if (tilde != std::string_view::npos) {
      refuse(at + tilde, "~ is only allowed after a phrase in quotes; fuzzy search is not supported");
    }
    refuse_foreign_marks(word, at, query_);
  }

  /// Decides whether a lower-case "and", "or" or "not" where a term is expected is an operator all the same, which is
  /// the case if a term follows.
  [[nodiscard]] bool begins_another() const {
    std::size_t at = pos_;
    const auto space = [&] { return space_length(query_.substr(at)) + invisible_length(query_.substr(at)); };
    while (const std::size_t length = at < query_.size() ? space() : 0) at += length;
    std::size_t end = at;
    while (end < query_.size() && !ends_word(query_, end)) ++end;
    if (end == at) return at < query_.size() && query_[at] != ')' && query_[at] != '|' && query_[at] != '&';
    const std::string name = ascii_lower(query_.substr(at, end - at));
    return name != "and" && name != "or" && name != "not" && !name.starts_with("near") && !name.starts_with("onear") &&
           name.front() != '/';
  }

  /// Operators are upper case. Other cases are accepted where an operator is possible or a term follows, so that the
  /// word "or" can still be searched for.
  bool read_operator(std::string_view word, std::size_t start) {
    const std::string name = ascii_lower(word);
    const bool operand = after_operand();
    const bool upper = std::ranges::none_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
    const bool is_plain = name == "and" || name == "or" || name == "not";
    const bool after_and = !out_.empty() && (out_.back().kind == Kind::and_ || out_.back().kind == Kind::or_);
    if (is_plain && (upper || operand || (name == "not" && after_and) || begins_another())) {
      add(name == "and" ? Kind::and_ : (name == "or" ? Kind::or_ : Kind::not_), start);
      return true;
    }
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
      if (!n || *n == 0) refuse(start, "atleast needs a number of occurrences, as in atleast3(Iran)");
      add(Kind::at_least, start).n = *n;
      return true;
    }
    if (is_at_least(name) && begins_another())
      refuse(start, fmt::format("{0} needs brackets, as in {0}(Iran)", printable(name)));
    if (operand) refuse_foreign_operator(name, start);
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
    if (!n) refuse(start, "NEAR needs a number of words from 0 to 10000, as in NEAR/5");
    one.n = *n;
    return true;
  }

  Marks marks_;
};

}  // namespace

std::vector<Lexeme> lex(std::string_view query, Marks marks) { return Lexer(query, marks).run(); }

}  // namespace pw::query
