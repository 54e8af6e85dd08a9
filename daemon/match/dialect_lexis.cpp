/// LexisNexis terms and connectors (Nexis, Lexis+): its connectors, truncation and segments as lexemes of the default
/// dialect.

#include "core/text.hpp"
#include "match/dialect_lexemes.hpp"
#include "match/lexis_words.hpp"
#include "match/refusal.hpp"
#include "match/scan.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>

namespace pw::match {
namespace {

using Kind = Lexeme::Kind;

constexpr std::uint32_t kMaxDistance = 255;  // as in the product

/// How strongly each connector binds: OR first, then W/n by its number, W/S, W/P, W/SEG, AND, and last AND NOT.
int strength(const Lexeme& op) {
  switch (op.kind) {
    case Kind::or_: return 1000;
    case Kind::near:
      if (op.reach == Reach::sentence) return 5;
      if (op.reach == Reach::paragraph) return 4;
      return 6 + static_cast<int>(kMaxDistance - std::min(op.n, kMaxDistance));
    case Kind::same_field: return 3;
    case Kind::and_: return 2;
    default: return 1;
  }
}

const Grammar& lexis_grammar() {
  static const Grammar grammar{strength, false, true, 3};
  return grammar;
}

bool ends_word(std::string_view rest) {
  return rest.front() == '(' || rest.front() == ')' || space_length(rest) > 0 || quote_at(rest) != nullptr;
}

class LexisLexer : private Scanner {
 public:
  using Scanner::Scanner;

  std::vector<Lexeme> run() {
    for (skip_space(); !done(); skip_space()) next();
    return finish();
  }

 private:
  void next() {
    const std::size_t start = pos_;
    if (peek() == '(' || peek() == ')') {
      const Kind kind = peek() == '(' ? Kind::open : Kind::close;
      ++pos_;
      add(kind, start);
    } else if (!read_quoted(start, "")) {
      read_word(start);
    }
  }

  std::string_view word_at(std::size_t from) const {
    std::size_t end = from;
    while (end < query_.size() && !ends_word(query_.substr(end))) ++end;
    return query_.substr(from, end - from);
  }

  /// The word behind the white space that begins at `from`, in lower case.
  std::string next_word(std::size_t from) const {
    while (const std::size_t length = space_length(query_.substr(from))) from += length;
    return ascii_lower(word_at(from));
  }

  void read_word(std::size_t start) {
    const std::string_view word = word_at(start);
    if (word.empty()) refuse(start, "a word cannot begin here");
    pos_ += word.size();
    const std::string name = ascii_lower(word);
    if (name == "<" || name == ">" || name == "<=" || name == ">=" || name == "=") refuse_date(start);
    if (read_connector(name, start)) return;
    if (peek() == '(') {
      read_command(name, start);
      return;
    }
    // Words side by side are a phrase.
    if (!out_.empty() && out_.back().kind == Kind::word) {
      if (is_date_word(ascii_lower(out_.back().text)) && is_date_operator(name)) refuse_date(start);
      out_.back().text += ' ';
      out_.back().text += word;
      out_.back().end = pos_;
      return;
    }
    add(Kind::word, start).text = std::string(word);
  }

  [[noreturn]] static void refuse_date(std::size_t at) {
    refuse(at, "a watch is of what comes; a date cannot be asked for");
  }
  static bool is_date_word(std::string_view word) {
    return word == "date" || word == "load-date" || word == "pub-date";
  }
  static bool is_date_operator(std::string_view word) {
    constexpr std::array<std::string_view, 5> kWords{"is", "aft", "bef", "after", "before"};
    return std::ranges::find(kWords, word) != kWords.end();
  }

  bool read_connector(const std::string& name, std::size_t start) {
    if (name == "or") return add(Kind::or_, start), true;
    if (name == "not" || ((name == "and" || name == "but") && next_word(pos_) == "not")) {
      if (name != "not") {
        skip_space();
        pos_ += std::string_view("not").size();
      }
      if (is_distance(next_word(pos_))) refuse_not_near(start);
      add(Kind::not_, start);
      return true;
    }
    if (name == "and" || name == "&") return add(Kind::and_, start), true;
    if (!is_distance(name)) return false;
    read_distance(name, start);
    return true;
  }

  /// NOT W/5: some place of the left word without the right one near it. The tree has no such operator.
  [[noreturn]] void refuse_not_near(std::size_t start) const {
    const std::string op = next_word(pos_);
    const std::size_t slash = op.find_first_of("/+");
    const auto n = number(std::string_view(op).substr(slash + 1));
    const std::uint32_t most = n && *n > 0 ? *n - 1 : 0;
    refuse(start, "NOT W/ asks for a place of the first word that has no second word near it; that cannot be said here",
           {fmt::format("a AND NOT (a NEAR/{} b)", most), "a AND NOT b"});
  }

  static bool is_distance(std::string_view name) {
    const std::size_t slash = name.find('/');
    if (name.size() > 1 && name.front() == '+') return number(name.substr(1)).has_value();
    if (slash == std::string_view::npos) return false;
    constexpr std::array<std::string_view, 6> kLeft{"", "w", "pre", "within", "near", "onear"};
    if (std::ranges::find(kLeft, name.substr(0, slash)) == kLeft.end()) return false;
    constexpr std::array<std::string_view, 7> kRight{"s", "sent", "sentence", "p", "para", "seg", "section"};
    const std::string_view right = name.substr(slash + 1);
    const bool digits = !right.empty() && right.find_first_not_of("0123456789") == std::string_view::npos;
    return digits || std::ranges::find(kRight, right) != kRight.end();
  }

  void read_distance(std::string_view name, std::size_t start) {
    const std::size_t slash = name.find_first_of("/+");
    const std::string_view left = name.substr(0, slash);
    const std::string_view right = name.substr(slash + 1);
    const bool ordered = name.front() == '+' || left == "pre" || left == "onear";
    if (right.starts_with("seg") || right == "section") {
      add(Kind::same_field, start);
      return;
    }
    Lexeme& op = add(Kind::near, start);
    op.ordered = ordered;
    if (right.front() == 's' || right.front() == 'p') {
      op.reach = right.front() == 's' ? Reach::sentence : Reach::paragraph;
      return;
    }
    const auto n = number(right);
    if (!n || *n == 0 || *n > kMaxDistance) {
      refuse(start, fmt::format("{} wants a number from 1 to {}, as in w/5", printable(name), kMaxDistance));
    }
    op.n = *n - 1;  // W/1 are neighbours, which have no word between them
  }

  /// A segment, ATLEASTn, or a command about the spelling of one word.
  void read_command(const std::string& name, std::size_t start) {
    for (const std::string_view often : {"atleast", "atl"}) {
      if (!name.starts_with(often)) continue;
      const auto n = number(std::string_view(name).substr(often.size()));
      if (!n) continue;
      if (*n == 0) refuse(start, "ATLEAST wants a number of places, as in ATLEAST3(Iran)");
      add(Kind::at_least, start).n = *n;
      return;
    }
    if (is_spelling_command(name)) {
      ++pos_;
      const std::size_t end = query_.find(')', pos_);
      if (end == std::string_view::npos) refuse(pos_ - 1, "this ( is never closed");
      const std::string_view inner = trim(query_.substr(pos_, end - pos_));
      pos_ = end + 1;
      Lexeme at;
      at.offset = start;
      at.end = pos_;
      append_any(out_, spelled(name, inner, at));
      return;
    }
    const std::size_t inner_end = std::min(query_.find(')', pos_), query_.size());
    std::string field = segment_field(name, trim(query_.substr(pos_ + 1, inner_end - pos_ - 1)), start);
    ++pos_;
    add(Kind::open, start).field = std::move(field);
  }
};

}  // namespace

Read read_lexis(std::string_view query) { return {expand_lexis_words(LexisLexer(query).run()), &lexis_grammar()}; }

}  // namespace pw::match
