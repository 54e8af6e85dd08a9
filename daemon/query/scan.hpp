#pragma once
/// Functions shared by the lexers of all dialects. Private to query. Any thread. Lengths are in bytes.

#include "query/lexer.hpp"

#include <optional>
#include <string_view>

namespace pw::query {

inline constexpr std::uint32_t kMaxNumber = 10'000;

/// Length of the white space (or zero-width mark) at the start of the text, or 0.
std::size_t space_length(std::string_view text);

/// Parses a whole number of at most kMaxNumber, written in digits only.
std::optional<std::uint32_t> number(std::string_view text);

/// Length of the invisible mark (directional mark or word joiner) at the start of the text, or 0. Editors insert these
/// next to words of right-to-left scripts.
std::size_t invisible_length(std::string_view text);
/// Strips such marks from the end.
std::string_view without_invisible_end(std::string_view word);

/// An opening quote, and the closing quotes that may match it.
struct Quote {
  std::string_view open;
  std::string_view close;
};
/// The quote that starts at `at`, or nullptr: "…", “…”, „…“, ”…”, «…», »…«. A " between two Hebrew letters is part of
/// the word.
const Quote* quote_at(std::string_view text, std::size_t at);
/// The position and length of a closing quote. Word processors pair quotes in many ways, so the nearest quote that may
/// close this one counts.
struct Closing {
  std::size_t at;
  std::size_t length;
};
/// The end of the quote that was opened before `from`; nullopt if it is not closed.
std::optional<Closing> closing_of(const Quote& quote, std::string_view text, std::size_t from);

/// Length of the minus or dash at the start of the text, or 0. Word processors turn minus signs into dashes.
std::size_t minus_length(std::string_view text);

/// Length of the name in "name:value", which must contain a letter; 0 if there is none. 10:30 and https://… have none.
std::size_t field_length(std::string_view text);
/// Likewise for "name=value", "name>5" and similar syntax of other products, without the operator.
std::size_t compared_length(std::string_view text);

/// A cursor over a query, and the lexemes produced so far. The query must outlive it.
class Scanner {
 public:
  explicit Scanner(std::string_view query) : query_(query) {}

 protected:
  ~Scanner() = default;

  [[nodiscard]] std::string_view rest() const { return query_.substr(pos_); }
  [[nodiscard]] bool done() const { return pos_ >= query_.size(); }
  [[nodiscard]] char peek() const { return done() ? '\0' : query_[pos_]; }
  /// True if an operator may follow the last lexeme.
  [[nodiscard]] bool after_operand() const;

  /// Skips white space and adjacent invisible marks.
  void skip_space();
  Lexeme& add(Lexeme::Kind kind, std::size_t offset);
  /// Reads the quoted text at the cursor, without suffixes. Returns false if there is none.
  bool read_quoted(std::size_t start, std::string field);
  std::string_view read_digits();
  /// Reads ^n after a term or bracket; n may have a fraction.
  void read_weight(Lexeme& one);
  std::vector<Lexeme> finish();

  std::string_view query_;
  std::size_t pos_ = 0;
  std::vector<Lexeme> out_;
};

}  // namespace pw::query
