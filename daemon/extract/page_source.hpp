#pragma once
/// The parts of a page's source that identify its kind, read without building a tree. Private to extract/.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pw::extract {

/// Views point into the source.
struct PageSource {
  std::string title;     ///< of the first <title>
  std::string headings;  ///< h1 and h2, one per line
  std::string text;      ///< visible text, white space folded, at most kMaxShownText bytes
  std::string links;     ///< visible text within links
  std::string buttons;   ///< labels of buttons, one per line
  std::string noscript;  ///< content of <noscript>
  std::string marks;     ///< ids, classes, and URLs of scripts, frames and forms; lower case, one per line
  std::string og_type;   ///< lower case
  std::vector<std::string_view> scripts;      ///< inline, without linked data
  std::vector<std::string_view> linked_data;  ///< the bodies of JSON-LD scripts
  std::size_t text_chars = 0;                 ///< of all visible text, even beyond the limit of `text`
  std::size_t link_chars = 0;
  std::size_t images = 0;
  bool has_password = false;
  bool has_application_root = false;  ///< an element that common frameworks fill
};

inline constexpr std::size_t kMaxShownText = 16 * 1024;

/// Linear time; any thread.
PageSource read_source(std::string_view html);

/// The number of characters; those of scripts without spaces count three.
std::size_t text_weight(std::string_view text);

}  // namespace pw::extract
