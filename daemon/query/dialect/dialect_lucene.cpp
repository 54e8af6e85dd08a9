/// Lucene's classic query parser, as used by Elasticsearch's query_string, OpenSearch and Solr: required, optional and
/// prohibited clauses, with OR as the default operator.

#include "core/text.hpp"
#include "query/dialect/dialect_lexemes.hpp"
#include "query/dialect/lucene_clauses.hpp"
#include "query/foreign.hpp"
#include "query/refusal.hpp"
#include "query/scan.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>

namespace pw::query {
namespace {

using Kind = Lexeme::Kind;

/// Each level expands to up to four brackets of the default dialect.
constexpr std::size_t kMaxLevels = 24;

bool ends_word(std::string_view query, std::size_t at) {
  constexpr std::string_view kMarks = "()[]{}^~";
  const std::string_view rest = query.substr(at);
  return kMarks.find(rest.front()) != std::string_view::npos || space_length(rest) > 0 ||
         quote_at(query, at) != nullptr;
}

class LuceneReader : private Scanner {
 public:
  using Scanner::Scanner;

  std::vector<Lexeme> run() {
    Clauses all = read_clauses(0);
    if (!done()) refuse(pos_, "this ) closes nothing");
    if (all.empty()) refuse(0, "the query is empty");
    append_clauses(out_, all, query_);
    return finish();
  }

 private:
  Clauses read_clauses(std::size_t depth) {
    if (depth > kMaxLevels) refuse(pos_, fmt::format("brackets are nested deeper than {}", kMaxLevels));
    Clauses out;
    for (skip_space(); !done() && peek() != ')'; skip_space()) out.push_back(read_clause(out.empty(), depth));
    return out;
  }

  Clause read_clause(bool is_first, std::size_t depth) {
    Clause out;
    out.operator_at = pos_;
    if (read_operator("AND", "&&")) {
      out.joined = Clause::Joined::and_;
    } else if (read_operator("OR", "||")) {
      out.joined = Clause::Joined::or_;
    }
    if (is_first && out.joined != Clause::Joined::nothing) refuse(out.operator_at, "expected a word before this");
    out.operator_end = pos_;
    skip_space();
    out.offset = pos_;
    read_sign(out);
    read_operand(out, depth);
    out.end = pos_;
    return out;
  }

  bool read_operator(std::string_view word, std::string_view sign) {
    if (rest().starts_with(sign)) {
      pos_ += sign.size();
      return true;
    }
    const std::size_t behind = pos_ + word.size();
    const bool found = rest().starts_with(word) && (rest().size() == word.size() || ends_word(query_, behind) ||
                                                    invisible_length(query_.substr(behind)) > 0);
    if (found) pos_ += word.size();
    return found;
  }

  void read_sign(Clause& out) {
    if (peek() == '+') {
      out.sign = Clause::Sign::must;
      ++pos_;
    } else if (peek() == '!' || minus_length(rest()) > 0) {
      out.sign = Clause::Sign::must_not;
      pos_ += std::max<std::size_t>(1, minus_length(rest()));
    } else if (read_operator("NOT", "!")) {
      out.sign = Clause::Sign::must_not;
      skip_space();
    }
    while (const std::size_t mark = invisible_length(rest())) pos_ += mark;
    if (done() || peek() == ')' || space_length(rest()) > 0) refuse(out.offset, "expected a word here");
    if (minus_length(rest()) > 0 || peek() == '+' || peek() == '!') refuse(pos_, "this has two signs");
  }

  void read_operand(Clause& out, std::size_t depth) {
    const std::size_t start = pos_;
    std::string field = read_field();
    if (peek() == '(') {
      ++pos_;
      out.group = read_clauses(depth + 1);
      if (peek() != ')') refuse(start, "this ( is never closed");
      ++pos_;
      if (out.group.empty()) refuse(start, "these brackets are empty");
      out.term.kind = Kind::open;
    } else if (peek() == '[' || peek() == '{') {
      read_range(out.term, start, field);
    } else if (!read_phrase(out.term, start)) {
      read_word(out.term, field);
    }
    out.term.offset = start;
    out.term.end = pos_;
    out.term.field = std::move(field);
    read_weight(out.term);
  }

  std::string read_field() {
    const std::size_t start = pos_;
    const std::size_t length = field_length(rest());
    // A colon that is not followed by a value.
    const std::size_t colon = std::min(rest().find_first_of(": \t\n()\""), rest().size());
    const bool is_apart = rest().substr(colon, 1) == ":" && rest().substr(colon, 3) != "://" &&
                          field_length(std::string(rest().substr(0, colon)) + ":x") == colon;
    if (length == 0 && is_apart && colon > 0) {
      refuse(start, "a field must be directly followed by its value, as in title:oil");
    }
    if (length == 0) return "";
    pos_ += length + 1;
    std::string field = ascii_lower(query_.substr(start, length));
    if (field == "_exists_") refuse(start, "_exists_ is not supported; every article has a title and a text");
    if (minus_length(rest()) > 0 || peek() == '+') refuse(pos_, "the sign goes before the field");
    if (field == "body" || field == "content") return "text";
    return field == "language" ? "lang" : field;
  }

  void read_range(Lexeme& out, std::size_t start, std::string_view field) {
    if (peek() == '{') refuse(pos_, "ranges with { }, which exclude both ends, are not supported", {"[a TO b]"});
    if (field.empty()) refuse(start, "a range is only allowed after a field, as in country:[az TO ge]");
    const std::size_t end = query_.find_first_of("]}", pos_);
    if (end == std::string_view::npos || query_[end] == '}') refuse(pos_, "missing ] after [");
    const std::string_view text = query_.substr(pos_ + 1, end - pos_ - 1);
    const std::size_t to = text.find(" TO ");
    if (to == std::string_view::npos) refuse(pos_, "[ ] needs two values, as in [az TO ge]");
    pos_ = end + 1;
    out.kind = Kind::range;
    out.text = std::string(trim(text.substr(0, to)));
    out.until = std::string(trim(text.substr(to + 4)));
    if (out.text == "*" || out.until == "*") refuse(start, "a range needs two values, not *");
  }

  bool read_phrase(Lexeme& out, std::size_t start) {
    const Quote* quote = quote_at(query_, pos_);
    if (quote == nullptr) return false;
    pos_ += quote->open.size();
    const auto closes = [&] { return closing_of(*quote, query_, pos_); };
    auto close = closes();
    while (close && pos_ < close->at) {
      if (peek() == '\\' && rest().size() > 1) {
        ++pos_;
        if (pos_ == close->at) {
          out.text += query_[pos_++];
          close = closes();
          continue;
        }
      }
      out.text += query_[pos_++];
    }
    if (!close) refuse(start, "missing closing quote");
    pos_ = close->at + close->length;
    out.kind = Kind::phrase;
    refuse_marks_in_phrase(out.text, start);
    if (peek() == '~') {
      const std::size_t at = pos_++;
      const auto slop = number(read_digits());
      if (!slop) refuse(at, "~ needs a number, as in \"oil price\"~5");
      out.n = *slop;
      out.has_slop = true;
    }
    return true;
  }

  /// The classic parser treats * and ? in quotes as punctuation, which is never what is meant.
  static void refuse_marks_in_phrase(std::string& text, std::size_t at) {
    const std::size_t mark = text.find_first_of("*?");
    const bool in_word =
        mark != std::string::npos && mark > 0 && space_length(std::string_view(text).substr(mark - 1)) == 0;
    const bool is_question = mark != std::string::npos && text[mark] == '?' &&
                             (mark + 1 == text.size() || space_length(std::string_view(text).substr(mark + 1)) > 0);
    if (in_word && !is_question) {
      std::string bare = text;
      std::erase_if(bare, [](char c) { return c == '*' || c == '?'; });
      refuse(at, "Lucene ignores * and ? inside quotes; dialect = \"presswatch\" does not", {'"' + bare + '"'});
    }
    std::ranges::replace(text, '*', ' ');
    std::ranges::replace(text, '?', ' ');
  }

  /// Rejects syntax that would otherwise be parsed as words.
  void refuse_marks(std::string_view word, std::size_t at) const {
    const bool is_tag = word.front() == '#' || word.front() == '@';  // Lucene's analysers drop these too
    if (!is_tag) refuse_foreign_marks(word, at, query_);
    constexpr std::array<std::string_view, 5> kOperators{"NEAR", "ONEAR", "ADJ", "SAME", "XOR"};
    if (is_foreign_distance(ascii_lower(word)) || std::ranges::find(kOperators, word) != kOperators.end()) {
      refuse(at, fmt::format("Lucene has no operator {}; it counts moves between words", printable(word)),
             {"\"oil price\"~5", fmt::format("\"{}\"", word)});
    }
    if (is_at_least(ascii_lower(word))) {
      refuse(at, "Lucene does not count occurrences; dialect = \"presswatch\" has atleast3(oil)");
    }
    if (word.find('|') != std::string_view::npos)
      refuse(at + word.find('|'), "Lucene's OR is || with a space on both sides", {"OR"});
    if (peek() == '(') refuse_command(word, at);
  }

  void read_word(Lexeme& out, std::string_view field) {
    const std::size_t start = pos_;
    if (peek() == '/' && field != "url") refuse(start, "regular expressions are not supported");
    bool escaped = false;
    for (; !done() && !ends_word(query_, pos_); ++pos_) {
      if (peek() == '\\' && rest().size() > 1) {
        ++pos_;
        escaped = true;
      }
      out.text += query_[pos_];
    }
    out.text = std::string(without_invisible_end(out.text));
    if (out.text.empty()) refuse(start, "unexpected character");
    if (!escaped) refuse_marks(out.text, start);
    out.kind = escaped ? Kind::phrase : Kind::word;
    if (escaped)
      std::ranges::replace_if(
          out.text, [](char c) { return c == '*' || c == '?'; }, ' ');
    const std::string lower = ascii_lower(out.text);
    const bool is_operator = lower == "and" || lower == "or" || lower == "not";
    if (is_operator) {
      refuse(start, fmt::format("Lucene's operators are upper case; \"{}\" would be a word", out.text),
             {out.text == "not" ? "NOT" : (lower == "and" ? "AND" : "OR"), '"' + out.text + '"'});
    }
    if (field.empty() && (lower == "*" || lower == "*:*")) refuse(start, "* alone matches every article");
    if (peek() == '~') {
      refuse(pos_, "fuzzy search is not supported", {out.text, out.text + '*'});
    }
  }
};

}  // namespace

Read read_lucene(std::string_view query) { return {LuceneReader(query).run(), &presswatch_grammar()}; }

}  // namespace pw::query
