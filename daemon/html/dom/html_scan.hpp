#pragma once
/// Tokenizes HTML source into the few token types that the byte filter needs. Follows the HTML Standard, section
/// 13.2.5, without its error states, which do not affect the filter's output.

#include "html/dom/dom.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pw::html {

/// A start or end tag.
struct SourceTag {
  Tag tag = Tag::other;
  std::string name;  ///< lower case, at most 64 bytes
  bool closing = false;
  std::vector<Attribute> attributes;  ///< at most max_attributes; names as written, values with references not decoded
};

/// Scans HTML source from left to right and reads each byte a bounded number of times. `source` must outlive the
/// scanner and its tokens. Not thread-safe.
class HtmlScanner {
 public:
  HtmlScanner(std::string_view source, std::size_t max_attributes) : source_(source), max_attributes_(max_attributes) {}

  enum class Token { text, tag, end };
  /// Advances to the next token. Comments, declarations and unfinished tags are skipped.
  Token next();
  [[nodiscard]] std::string_view text() const { return text_; }  ///< the text of Token::text; may be a single stray '<'
  [[nodiscard]] const SourceTag& tag() const { return tag_; }

  /// Skips to the position after the end tag of `tag` and returns the text before it in `content`. Returns false, and
  /// does not move, if there is no such end tag.
  bool skip_content(Tag tag, std::string_view& content);
  void skip_rest() { pos_ = source_.size(); }

 private:
  bool read_tag();
  bool read_attribute();
  void skip_declaration();
  void skip_space();

  std::string_view source_;
  std::size_t max_attributes_;
  std::size_t pos_ = 0;
  std::string_view text_;
  SourceTag tag_;
  std::array<bool, static_cast<std::size_t>(Tag::count_)> no_end_{};
};

}  // namespace pw::html
