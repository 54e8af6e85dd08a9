#pragma once
/// Text to tokens, the same for queries and articles.

#include "match/fold.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pw::match {

/// A token and where it stands. Its position is its index.
struct Token {
  std::uint32_t text_begin = 0;  ///< into Tokens::folded
  std::uint32_t text_end = 0;
  std::uint32_t begin = 0;  ///< bytes into the original text
  std::uint32_t end = 0;
};

/// The tokens of one text. Keeps its memory between uses.
class Tokens {
 public:
  /// Replaces what was there. Linear; malformed UTF-8 separates.
  void read(std::string_view text);

  [[nodiscard]] const std::vector<Token>& all() const { return tokens_; }
  [[nodiscard]] std::string_view text(const Token& token) const {
    return std::string_view(folded_).substr(token.text_begin, token.text_end - token.text_begin);
  }

 private:
  struct Piece {
    char32_t c;
    CharKind kind;
    std::uint32_t begin;
    std::uint32_t end;
  };

  void fold_text(std::string_view text);
  void append(char32_t c, CharKind kind, std::uint32_t begin, std::uint32_t end);
  std::size_t read_run(std::size_t i);

  std::vector<Piece> pieces_;
  std::vector<Token> tokens_;
  std::string folded_;
};

}  // namespace pw::match
