#pragma once
/// Splits text into tokens, in the same way for queries and articles.

#include "text/token/ascii_map.hpp"
#include "text/token/fold.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pw::text {

/// A token; its position in the text is its index.
struct Token {
  std::uint32_t text_begin = 0;  ///< offset into the folded text
  std::uint32_t text_end = 0;
  std::uint32_t begin = 0;  ///< byte offset into the original text
  std::uint32_t end = 0;
};

/// The tokens of one text. Reuses its memory between calls; not thread-safe.
class Tokens {
 public:
  /// Tokenizes `text` and replaces the previous tokens. Linear time. Malformed UTF-8 separates tokens. Text beyond 256
  /// MiB is ignored.
  void read(std::string_view text);

  [[nodiscard]] const std::vector<Token>& all() const { return tokens_; }
  /// The folded text of a token, valid until the next read(). At least kSlack bytes after it are readable.
  [[nodiscard]] std::string_view text(const Token& token) const {
    return {folded_.data() + token.text_begin, token.text_end - token.text_begin};
  }

  static constexpr std::size_t kSlack = 32;

 private:
  /// State after an apostrophe that follows a token.
  enum class Possessive : std::uint8_t { none, apostrophe, s };

  void read_mixed(std::string_view text, std::size_t pos, std::size_t end);
  void take(char32_t c, CharKind kind, std::uint32_t begin, std::uint32_t end);
  void take_letter(char32_t c, CharKind kind, std::uint32_t begin, std::uint32_t end);
  bool join(char32_t c, std::uint32_t end);
  void open_token(std::uint32_t begin);
  void separate();
  void reserve(std::size_t bytes) {
    if (used_ + bytes + kSlack > folded_.size()) grow(bytes);
  }
  void grow(std::size_t bytes);
  void write(char32_t c);

  std::vector<Token> tokens_;
  std::string folded_;  ///< the text with ASCII in lower case, followed by the tokens whose folded form differs
  AsciiMap map_;
  std::size_t used_ = 0;
  CharKind run_ = CharKind::separator;  ///< kind of the last letter of the open token; separator: no token is open
  Possessive possessive_ = Possessive::none;
};

}  // namespace pw::text
