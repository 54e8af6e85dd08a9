#pragma once
/// HTML text to a Document, whatever the text: a byte filter in front of gumbo, whose memory is one arena.

#include "core/result.hpp"
#include "parse/dom.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pw::parse {

struct HtmlOptions {
  std::size_t max_input_bytes = 32 * 1024 * 1024;   ///< more is refused
  std::size_t max_content_bytes = 3 * 1024 * 1024;  ///< markup and text that reach the tree; the rest is cut off
  std::size_t max_json_ld_bytes = 2 * 1024 * 1024;  ///< of all JSON-LD scripts together
  std::size_t max_memory_bytes = 48 * 1024 * 1024;  ///< of the parser; reached only by input the filter misjudges
  std::uint32_t max_depth = 512;                    ///< deeper elements are left out, their text is kept
  std::uint32_t max_nodes = 60'000;                 ///< elements; later ones are left out, their text is kept
  std::uint32_t max_attributes = 32;                ///< of one element
  bool keep_all = false;                            ///< for selectors: all attributes, and elements of pure formatting
  std::vector<std::string> keep_tags;  ///< elements whose content would be left out (svg, noscript, template …)
};

/// Parses UTF-8. Scripts (but JSON-LD), styles and comments are left out, and without `keep_all` also attributes that
/// no rule reads and elements of pure formatting. Errc::too_large above max_input_bytes or max_memory_bytes.
/// Linear time, iterative; any thread.
Result<Document> parse_html(std::string_view utf8, const HtmlOptions& options = {});

}  // namespace pw::parse
