#pragma once
/// The words that the rules look for in class names and ids.

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pw::extract {

/// Splits class names and ids into lower-case words, at non-letters and camelCase humps. Each call overwrites the
/// result of the previous one.
class ClassWords {
 public:
  const std::vector<std::string>& split(std::string_view names);

 private:
  std::vector<std::string> words_;
};

/// True if one of the lower-case stems occurs in the names, in any case: a cheap check before they are split.
bool contains_stem(std::string_view names, std::span<const std::string_view> stems) noexcept;

/// Words for parts that are never article text (comments, sharing, advertising …). Returns the word itself, in static
/// memory, or "".
std::string_view boilerplate_word(std::string_view word) noexcept;
/// Words for parts that often hold much text, but never the article's: comments, cookie banners.
bool is_never_text_word(std::string_view word) noexcept;
/// Words that apply to inline elements too: hidden text, text for screen readers, captions.
bool is_hiding_word(std::string_view word) noexcept;
/// Words for parts that usually are not article text (related, tags …); such parts are dropped only if they look like
/// links. Returns the word itself, in static memory, or "".
std::string_view suspect_word(std::string_view word) noexcept;
/// Suspect words that also occur on lists and boxes of the article itself; only the share of links tells them apart.
bool is_layout_word(std::string_view word) noexcept;
/// Class names that templates use for the article body, as words joined by '-'.
bool is_body_name(std::string_view joined) noexcept;

}  // namespace pw::extract
