#pragma once
/// What the lexers of all dialects share. Private to match/.

#include "query/lexer.hpp"

#include <optional>
#include <string_view>

namespace pw::query {

inline constexpr std::uint32_t kMaxNumber = 10'000;

/// Bytes of the white space (or zero-width mark) that the text begins with; 0: none.
std::size_t space_length(std::string_view text);

/// A whole number of at most kMaxNumber, written in digits only.
std::optional<std::uint32_t> number(std::string_view text);

/// Bytes of the invisible mark that the text begins with (of direction, or a word joiner); 0: none. Editors put them
/// beside words of scripts that run from right to left.
std::size_t invisible_length(std::string_view text);
/// Without such marks at its end.
std::string_view without_invisible_end(std::string_view word);

/// Opening quotes and what closes them.
struct Quote {
  std::string_view open;
  std::string_view close;
};
/// The quote that begins at a byte, or nullptr: "…", “…”, „…“, ”…”, «…», »…«. A " between two Hebrew letters is part
/// of the word.
const Quote* quote_at(std::string_view text, std::size_t at);
/// Where the quote that was opened before `from` is closed, and how many bytes that takes. Word processors pair the
/// marks in many ways: the nearest of the closing ones that this opening may have.
struct Closing {
  std::size_t at;
  std::size_t length;
};
std::optional<Closing> closing_of(const Quote& quote, std::string_view text, std::size_t from);

/// Bytes of the minus or dash that the text begins with; 0: none. Text programs make dashes of minuses.
std::size_t minus_length(std::string_view text);

/// Bytes of the name in "name:value", which has a letter; 0: there is none. Neither 10:30 nor https://… has one.
std::size_t field_length(std::string_view text);
/// The same of "name=value", "name>5" and the like, as other products have them; the mark is not counted.
std::size_t compared_length(std::string_view text);

/// The cursor over a query and the lexemes made so far.
class Scanner {
 public:
  explicit Scanner(std::string_view query) : query_(query) {}

 protected:
  ~Scanner() = default;

  [[nodiscard]] std::string_view rest() const { return query_.substr(pos_); }
  [[nodiscard]] bool done() const { return pos_ >= query_.size(); }
  [[nodiscard]] char peek() const { return done() ? '\0' : query_[pos_]; }
  /// Was the last lexeme something that an operator can follow?
  [[nodiscard]] bool after_operand() const;

  /// White space, and invisible marks beside it.
  void skip_space();
  Lexeme& add(Lexeme::Kind kind, std::size_t offset);
  /// Reads the quoted text that begins here, without what may stand behind it. False: none begins here.
  bool read_quoted(std::size_t start, std::string field);
  std::string_view read_digits();
  /// ^n behind a term or bracket, n with or without a fraction.
  void read_weight(Lexeme& one);
  std::vector<Lexeme> finish();

  std::string_view query_;
  std::size_t pos_ = 0;
  std::vector<Lexeme> out_;
};

}  // namespace pw::query
