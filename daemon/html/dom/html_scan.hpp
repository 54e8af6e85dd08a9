#pragma once
/// The tokens of HTML source, as far as the byte filter tells them apart. HTML Standard 13.2.5, without its error
/// states: they change nothing that the filter keeps.

#include "html/dom/dom.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pw::html {

struct SourceTag {
  Tag tag = Tag::other;
  std::string name;  ///< lower case, at most 64 bytes
  bool closing = false;
  std::vector<Attribute> attributes;  ///< names as written; values with their entities; the first max_attributes
};

/// Walks HTML source from left to right; every byte is looked at a bounded number of times.
class HtmlScanner {
 public:
  HtmlScanner(std::string_view source, std::size_t max_attributes) : source_(source), max_attributes_(max_attributes) {}

  enum class Token { text, tag, end };
  /// The next token; comments, declarations and unfinished tags are passed over.
  Token next();
  [[nodiscard]] std::string_view text() const { return text_; }  ///< of Token::text; may be one stray '<'
  [[nodiscard]] const SourceTag& tag() const { return tag_; }

  /// Moves behind the end tag of `tag` and returns what stood before it; false when there is none (nothing moves).
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
