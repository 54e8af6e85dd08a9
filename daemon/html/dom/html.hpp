#pragma once
/// HTML text to a Document, whatever the text: a byte filter in front of gumbo, whose memory is one arena.

#include "core/result.hpp"
#include "html/dom/dom.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace pw::html {

struct HtmlOptions {
  std::size_t max_input_bytes = 32 * 1024 * 1024;   ///< more is refused
  std::size_t max_content_bytes = 3 * 1024 * 1024;  ///< markup and text that reach the tree; the rest is cut off
  std::size_t max_json_ld_bytes = 2 * 1024 * 1024;  ///< of all JSON-LD scripts together
  std::size_t max_memory_bytes = 32 * 1024 * 1024;  ///< of the parser; reached only by input the filter misjudges
  std::uint32_t max_depth = 512;                    ///< deeper elements are left out, their text is kept
  std::uint32_t max_nodes = 30'000;                 ///< elements; later ones are left out, their text is kept
  std::uint32_t max_attributes = 32;                ///< of one element
  /// For selectors, which may name anything: also elements of pure formatting, elements that show no text (noscript,
  /// template, svg …; scripts, styles and frames as empty ones, so that places among siblings are right), and all
  /// attributes, eight times max_attributes of one element.
  bool keep_all = false;
  bool read_noscript = false;  ///< what stands in the body for readers without scripts is part of the page
};

/// Parses UTF-8. What scripts (but JSON-LD), styles and comments hold is left out, and without `keep_all` also what
/// shows no text, attributes that no rule reads and elements of pure formatting. Errc::too_large above max_input_bytes
/// or max_memory_bytes. Linear time, iterative; any thread.
Result<Document> parse_html(std::string_view utf8, const HtmlOptions& options = {});

}  // namespace pw::html
