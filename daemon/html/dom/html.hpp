#pragma once
/// Parses HTML of any quality into a Document: a byte filter reduces the input, then gumbo builds the tree in one
/// arena.

#include "core/result.hpp"
#include "html/dom/dom.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace pw::html {

/// Limits and modes of the parser. Sizes are in bytes unless noted otherwise.
struct HtmlOptions {
  std::size_t max_input_bytes = 32 * 1024 * 1024;   ///< larger pages are rejected
  std::size_t max_content_bytes = 3 * 1024 * 1024;  ///< markup and text that enter the tree; the rest is cut off
  std::size_t max_json_ld_bytes = 2 * 1024 * 1024;  ///< total of all JSON-LD scripts
  std::size_t max_memory_bytes = 32 * 1024 * 1024;  ///< memory of the parser; exceeded only by input that the filter
                                                    ///< misjudges
  std::uint32_t max_depth = 512;                    ///< deeper elements are dropped, but their text is kept
  std::uint32_t max_nodes = 30'000;                 ///< elements; later ones are dropped, but their text is kept
  std::uint32_t max_attributes = 32;                ///< per element
  /// For selectors, which may refer to anything. Keeps purely presentational elements, elements without visible text
  /// (noscript, template, svg …; scripts, styles and frames as empty elements, so that sibling positions are right) and
  /// all attributes, up to eight times max_attributes per element.
  bool keep_all = false;
  bool read_noscript = false;  ///< treat noscript content in the body as part of the page
};

/// Parses UTF-8. Drops the contents of scripts (except JSON-LD), styles and comments, and, unless `keep_all` is set,
/// also elements without visible text, purely presentational elements, and attributes that no extraction rule uses.
/// Errc::too_large above max_input_bytes or max_memory_bytes. Linear time, no recursion; any thread.
Result<Document> parse_html(std::string_view utf8, const HtmlOptions& options = {});

}  // namespace pw::html
