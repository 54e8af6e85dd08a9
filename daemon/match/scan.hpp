#pragma once
/// What the lexers of all dialects share. Private to match/.

#include "match/lexer.hpp"

#include <optional>
#include <string_view>

namespace pw::match {

inline constexpr std::uint32_t kMaxNumber = 10'000;

/// Bytes of the white space (or zero-width mark) that the text begins with; 0: none.
std::size_t space_length(std::string_view text);

/// A whole number of at most kMaxNumber, written in digits only.
std::optional<std::uint32_t> number(std::string_view text);

/// Opening quotes and what closes them.
struct Quote {
  std::string_view open;
  std::string_view close;
};
/// The quote that the text begins with, or nullptr: "…", “…”, „…“, «…».
const Quote* quote_at(std::string_view text);

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

}  // namespace pw::match
