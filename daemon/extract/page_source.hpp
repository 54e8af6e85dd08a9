#pragma once
/// What of a page's source tells which kind of page it is; read without building a tree. Private to extract/.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pw::extract {

/// Views point into the source.
struct PageSource {
  std::string title;     ///< of the first <title>
  std::string headings;  ///< h1 and h2, one a line
  std::string text;      ///< what is shown, white space folded, at most kMaxShownText bytes
  std::string links;     ///< of it, what stands in links
  std::string buttons;   ///< the labels of buttons, one a line
  std::string noscript;  ///< what readers without scripts see
  std::string marks;     ///< ids, classes, and addresses of scripts, frames and forms; lower case, one a line
  std::string og_type;   ///< lower case
  std::vector<std::string_view> scripts;      ///< inline, without linked data
  std::vector<std::string_view> linked_data;  ///< the bodies of JSON-LD scripts
  std::size_t text_chars = 0;                 ///< shown; also of what `text` has no room for
  std::size_t link_chars = 0;
  std::size_t images = 0;
  bool has_password = false;
  bool has_application_root = false;  ///< an element that the usual frameworks fill
};

inline constexpr std::size_t kMaxShownText = 16 * 1024;

/// Linear time; any thread.
PageSource read_source(std::string_view html);

/// Characters; those of scripts without spaces count three.
std::size_t text_weight(std::string_view text);

}  // namespace pw::extract
