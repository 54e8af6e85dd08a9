/// LexisNexis terms and connectors (Nexis, Lexis+). Translates connectors, truncation and segments to lexemes of the
/// default dialect.

#include "core/text.hpp"
#include "query/dialect/dialect_lexemes.hpp"
#include "query/dialect/lexis_words.hpp"
#include "query/foreign.hpp"
#include "query/refusal.hpp"
#include "query/scan.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>

namespace pw::query {
namespace {

using Kind = Lexeme::Kind;

constexpr std::uint32_t kMaxDistance = 255;  // as in the product

/// Precedence of the connectors, from high to low: OR, W/n with smaller n first, W/S, W/P, W/SEG, AND, AND NOT.
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

bool ends_word(std::string_view query, std::size_t at) {
  return query[at] == '(' || query[at] == ')' || space_length(query.substr(at)) > 0 || quote_at(query, at) != nullptr;
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
    while (end < query_.size() && !ends_word(query_, end)) ++end;
    return query_.substr(from, end - from);
  }

  /// The word after the white space at `from`, in lower case.
  std::string next_word(std::size_t from) const {
    return ascii_lower(without_invisible_end(word_at(behind_space(from))));
  }

  std::size_t behind_space(std::size_t from) const {
    const auto length = [&] { return space_length(query_.substr(from)) + invisible_length(query_.substr(from)); };
    while (const std::size_t one = length()) from += one;
    return from;
  }

  void read_word(std::size_t start) {
    std::string_view word = word_at(start);
    pos_ += word.size();
    word = without_invisible_end(word);
    if (word.empty()) refuse(start, "unexpected character");
    const std::string name = ascii_lower(word);
    if (name == "<" || name == ">" || name == "<=" || name == ">=" || name == "=") refuse_comparison(start);
    if (read_connector(name, start)) return;
    const std::size_t bracket = behind_space(pos_);
    const bool is_command = peek() == '(' || (query_.substr(bracket).starts_with('(') && is_command_name(name));
    if (is_command) {
      pos_ = bracket;
      read_command(name, start);
      return;
    }
    refuse_marks(word, start);
    refuse_neighbours(name, start);
    // Adjacent words form a phrase.
    if (!out_.empty() && out_.back().kind == Kind::word) {
      if (is_date_word(ascii_lower(out_.back().text)) && is_date_operator(name)) refuse_date(start);
      out_.back().text += ' ';
      out_.back().text += word;
      out_.back().end = pos_;
      return;
    }
    add(Kind::word, start).text = std::string(word);
  }

  /// Comparisons such as length > 2000 or date > 1/1/2026.
  [[noreturn]] void refuse_comparison(std::size_t at) const {
    const bool is_date = !out_.empty() && out_.back().kind == Kind::word && is_date_word(ascii_lower(out_.back().text));
    if (is_date) refuse_date(at);
    refuse(at, "comparisons are not supported: articles have no length or other number here");
  }

  static bool is_command_name(std::string_view name) {
    return is_segment(name) || is_spelling_command(name) || is_at_least(name);
  }

  /// Rejects syntax of other dialects, which LexisNexis would ignore.
  void refuse_marks(std::string_view word, std::size_t at) const {
    const bool is_apart = word.ends_with(':') && !next_word(pos_).empty();
    if (const std::size_t field = field_length(is_apart ? std::string(word) + 'x' : std::string(word))) {
      const std::string segment = ascii_lower(word.substr(0, field));
      std::vector<std::string> readings;
      if (is_segment(segment) && !is_apart) readings.push_back(fmt::format("{}({})", segment, word.substr(field + 1)));
      refuse(at, "a segment is followed by brackets, as in headline(oil)", std::move(readings));
    }
    const std::size_t minus = minus_length(word);
    if ((minus > 0 && minus < word.size()) || (word.size() > 1 && word.front() == '+')) {
      refuse(at, "LexisNexis has no + and - operators; use AND and AND NOT");
    }
    const std::size_t mark = word.find_first_of("{}[]^~|");
    if (mark != std::string_view::npos || word.starts_with("&&")) {
      refuse(at + (mark == std::string_view::npos ? 0 : mark),
             fmt::format("{} is not LexisNexis syntax; it may be dialect = \"presswatch\"", printable(word)));
    }
    if (!word.ends_with('!') && !word.starts_with('!')) refuse_foreign_marks(word, at, query_);
    if (word.starts_with('!')) refuse(at, "! is only allowed at the end of a word");
  }

  /// Rejects operators of related products and misspelled operators, which would silently become words of a phrase.
  void refuse_neighbours(const std::string& name, std::size_t at) const {
    if (is_at_least(name)) refuse(at, fmt::format("{0} needs brackets, as in {0}(oil)", name));
    if (!after_operand()) return;
    if (is_foreign_distance(name)) {
      std::string n = name.substr(std::min(name.find_first_of("0123456789"), name.size()));
      n.resize(std::min(n.find_first_not_of("0123456789"), n.size()));
      std::vector<std::string> readings;
      if (!n.empty()) readings = {"w/" + n, "pre/" + n};
      refuse(at,
             fmt::format("{} is not a LexisNexis connector; put it in quotes to search for the word", printable(name)),
             std::move(readings));
    }
    const std::string next = next_word(pos_);
    constexpr std::array<std::string_view, 5> kOperators{"same", "adj", "near", "onear", "xor"};
    const bool is_between = !next.empty() && next != "and" && next != "or" && next != "not" && next != "but" &&
                            !is_distance(next) && std::ranges::find(kOperators, name) != kOperators.end();
    if (!is_between) return;
    refuse(at,
           fmt::format("{} is an operator of other products; to search for the word, put the whole phrase in quotes",
                       name),
           {name == "same" ? "w/p" : "w/5"});
  }

  [[noreturn]] static void refuse_date(std::size_t at) {
    refuse(at, "only new articles are matched, so there is no date to search for");
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

  /// NOT W/5 matches an occurrence of the left word without the right word near it. The tree has no such operator.
  [[noreturn]] void refuse_not_near(std::size_t start) const {
    const std::string op = next_word(pos_);
    const std::size_t slash = op.find_first_of("/+");
    const auto n = number(std::string_view(op).substr(slash + 1));
    const std::uint32_t most = n && *n > 0 ? *n - 1 : 0;
    refuse(start, "NOT W/ is not supported: it matches an occurrence of the first word without the second one near it",
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
      refuse(start, fmt::format("{} needs a number from 1 to {}, as in w/5", printable(name), kMaxDistance));
    }
    op.n = *n - 1;  // W/1 means adjacent words, with none in between
  }

  /// A segment, ATLEASTn, or a command for the spelling of one word.
  void read_command(const std::string& name, std::size_t start) {
    for (const std::string_view often : {"atleast", "atl"}) {
      if (!name.starts_with(often)) continue;
      const auto n = number(std::string_view(name).substr(often.size()));
      if (!n) continue;
      if (*n == 0) refuse(start, "ATLEAST needs a number of occurrences, as in ATLEAST3(Iran)");
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

}  // namespace pw::query
