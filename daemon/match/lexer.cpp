#include "match/lexer.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace pw::match {
namespace {

using Kind = Lexeme::Kind;

constexpr std::uint32_t kPlainNear = 4;
constexpr std::uint32_t kMaxNumber = 10'000;

struct Refusal {
  QueryError error;
};

bool ends_word(std::string_view rest) {
  const char c = rest.front();
  return is_ascii_space(c) || c == '(' || c == ')' || c == '"' || c == '{' || c == '}' || rest.starts_with("“") ||
         rest.starts_with("”") || rest.starts_with("„");
}

std::optional<std::uint32_t> number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value > kMaxNumber) return std::nullopt;
  return value;
}

class Lexer {
 public:
  explicit Lexer(std::string_view query) : query_(query) {}

  std::vector<Lexeme> run() {
    while (true) {
      skip();
      if (pos_ >= query_.size()) break;
      next();
    }
    Lexeme end;
    end.offset = query_.size();
    out_.push_back(end);
    return std::move(out_);
  }

 private:
  [[noreturn]] static void refuse(std::size_t offset, std::string message) {
    throw Refusal{{std::move(message), offset, {}}};
  }

  [[nodiscard]] std::string_view rest() const { return query_.substr(pos_); }

  /// White space and comments: <<< … >>> and # to the end of the line.
  void skip() {
    while (pos_ < query_.size()) {
      if (is_ascii_space(query_[pos_])) {
        ++pos_;
      } else if (rest().starts_with("\u00a0")) {
        pos_ += 2;
      } else if (rest().starts_with("<<<")) {
        const std::size_t end = query_.find(">>>", pos_);
        if (end == std::string_view::npos) refuse(pos_, "the comment <<< has no end >>>");
        pos_ = end + 3;
      } else if (query_[pos_] == '#' && (pos_ == 0 || is_ascii_space(query_[pos_ - 1]))) {
        pos_ = std::min(query_.find('\n', pos_), query_.size());
      } else {
        return;
      }
    }
  }

  Lexeme& add(Kind kind, std::size_t offset) {
    Lexeme one;
    one.kind = kind;
    one.offset = offset;
    out_.push_back(std::move(one));
    return out_.back();
  }

  void next() {
    const std::size_t start = pos_;
    std::string field = read_field();
    if (pos_ >= query_.size()) refuse(start, "a word is missing behind \"" + field + ":\"");
    const char c = query_[pos_];
    if (c == '(') {
      ++pos_;
      add(Kind::open, start).field = std::move(field);
    } else if (c == ')') {
      ++pos_;
      add(Kind::close, start);
    } else if (c == '{') {
      read_marked(Kind::exact, start, std::move(field), 1, "}");
    } else if (c == '"') {
      read_marked(Kind::phrase, start, std::move(field), 1, "\"");
    } else if (rest().starts_with("“") || rest().starts_with("„")) {
      read_marked(Kind::phrase, start, std::move(field), 3, rest().starts_with("„") ? "“" : "”");
    } else {
      read_word(start, std::move(field));
    }
  }

  /// The "title:" before a word, phrase or bracket; nothing is read when there is none.
  std::string read_field() {
    std::size_t end = pos_;
    while (end < query_.size() && query_[end] >= 'a' && query_[end] <= 'z') ++end;
    const bool colon = end > pos_ && end + 1 < query_.size() && query_[end] == ':';
    if (!colon || is_ascii_space(query_[end + 1]) || query_.substr(end).starts_with("://")) return "";
    std::string field(query_.substr(pos_, end - pos_));
    pos_ = end + 1;
    return field;
  }

  void read_marked(Kind kind, std::size_t start, std::string field, std::size_t mark, std::string_view close) {
    const std::size_t from = pos_ + mark;
    std::size_t end = query_.find(close, from);
    // A curly opening with a straight end, as word processors leave it.
    if (end == std::string_view::npos && kind == Kind::phrase) end = query_.find('"', from);
    if (end == std::string_view::npos) refuse(start, kind == Kind::exact ? "{ has no end }" : "the quote has no end");
    Lexeme& one = add(kind, start);
    one.text = std::string(query_.substr(from, end - from));
    one.field = std::move(field);
    pos_ = end + (query_[end] == close[0] ? close.size() : 1);
    read_suffixes(one);
  }

  /// ~n and ^n.
  void read_suffixes(Lexeme& one) {
    if (one.kind == Kind::phrase && pos_ < query_.size() && query_[pos_] == '~') {
      const std::size_t at = pos_++;
      const auto slop = number(read_digits());
      if (!slop) refuse(at, "~ wants a number of words, as in \"oil price\"~5");
      one.n = *slop;
      one.has_slop = true;
    }
    if (pos_ < query_.size() && query_[pos_] == '^') {
      const std::size_t at = pos_++;
      const auto weight = number(read_digits());
      if (!weight) refuse(at, "^ wants a whole number, the weight of the term");
      one.weight = *weight;
    }
  }

  std::string_view read_digits() {
    const std::size_t from = pos_;
    while (pos_ < query_.size() && query_[pos_] >= '0' && query_[pos_] <= '9') ++pos_;
    return query_.substr(from, pos_ - from);
  }

  void read_word(std::size_t start, std::string field) {
    const std::size_t from = pos_;
    while (pos_ < query_.size() && !ends_word(rest())) ++pos_;
    std::string_view word = query_.substr(from, pos_ - from);
    if (word.empty()) refuse(from, "a word cannot begin here");
    if (field.empty() && read_operator(word, start)) return;
    if (field.empty() && word.size() > 1 && word.front() == '-') {
      add(Kind::not_, start);
      word.remove_prefix(1);
    }
    Lexeme one;
    one.kind = Kind::word;
    one.offset = start;
    one.field = std::move(field);
    const std::size_t caret = word.rfind('^');
    if (caret != std::string_view::npos && caret + 1 < word.size()) {
      const auto weight = number(word.substr(caret + 1));
      if (!weight) refuse(from + caret, "^ wants a whole number, the weight of the term");
      one.weight = *weight;
      word = word.substr(0, caret);
    }
    if (word.ends_with('*')) {
      one.prefix = true;
      word.remove_suffix(1);
    }
    const std::size_t mark = word.find_first_of("*?");
    if (mark != std::string_view::npos) {
      refuse(from + mark, "only a * at the end of a word is understood, as in Azerbaijan*");
    }
    one.text = std::string(word);
    out_.push_back(std::move(one));
  }

  /// Operators; in lower case only where an operator can stand, so that a word "or" may be asked for.
  bool read_operator(std::string_view word, std::size_t start) {
    const bool after_operand = !out_.empty() && (out_.back().kind == Kind::word || out_.back().kind == Kind::phrase ||
                                                 out_.back().kind == Kind::exact || out_.back().kind == Kind::close);
    if (word == "|") return add(Kind::or_, start), true;
    if (word == "AND" || (after_operand && word == "and")) return add(Kind::and_, start), true;
    if (word == "OR" || (after_operand && word == "or")) return add(Kind::or_, start), true;
    if (word == "NOT" || (word == "not" && !out_.empty() && (after_operand || out_.back().kind == Kind::and_))) {
      return add(Kind::not_, start), true;
    }
    if (word.starts_with("NEAR") || word.starts_with("ONEAR")) return read_near(word, start);
    constexpr std::string_view kAtLeast = "atleast";
    if (word.starts_with(kAtLeast) && pos_ < query_.size() && query_[pos_] == '(') {
      const auto n = number(word.substr(kAtLeast.size()));
      if (n && *n > 0) return add(Kind::at_least, start).n = *n, true;
    }
    return false;
  }

  bool read_near(std::string_view word, std::size_t start) {
    const bool ordered = word.front() == 'O';
    std::string_view tail = word.substr(ordered ? 5 : 4);
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

  std::string_view query_;
  std::size_t pos_ = 0;
  std::vector<Lexeme> out_;
};

}  // namespace

std::variant<std::vector<Lexeme>, QueryError> lex(std::string_view query) {
  try {
    return Lexer(query).run();
  } catch (Refusal& refusal) {
    return std::move(refusal.error);
  }
}

}  // namespace pw::match
