#pragma once
/// The words that rules look for in class names and ids.

#include <string>
#include <string_view>
#include <vector>

namespace pw::extract {

/// The lower-case words of class names and ids: split at everything but letters and at camelCase humps. A view of a
/// buffer that the next call overwrites.
class ClassWords {
 public:
  const std::vector<std::string>& split(std::string_view names);

 private:
  std::vector<std::string> words_;
};

/// Names parts of a page that are never article text (comments, sharing, advertising …).
/// The word itself, in static memory, or "".
std::string_view boilerplate_word(std::string_view word) noexcept;
/// Holds much text on many pages, and never the article's: comments, cookie walls.
bool is_never_text_word(std::string_view word) noexcept;
/// Also drops a part of a line: hidden, for those who hear it, or a caption.
bool is_hiding_word(std::string_view word) noexcept;
/// Names parts that usually are not (related, tags …): what they hold must look like links to be left out.
std::string_view suspect_word(std::string_view word) noexcept;
/// A suspect word that also names the lists and boxes of an article: only links tell them apart.
bool is_layout_word(std::string_view word) noexcept;
/// Class names that authors of templates give to the body of an article, as words joined by '-'.
bool is_body_name(std::string_view joined) noexcept;

}  // namespace pw::extract
