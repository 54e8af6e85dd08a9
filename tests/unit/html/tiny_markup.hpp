#pragma once
/// Documents for selector tests, built from markup.

#include "html/dom/dom.hpp"

#include <algorithm>
#include <string_view>

namespace pw::html {

/// Parses well-formed markup: every element is closed ("<br/>" too), and attribute values are in double quotes.
inline html::Document tiny_document(std::string_view markup) {
  html::DocumentBuilder builder;
  std::size_t pos = 0;
  const auto until = [&](std::string_view stops) {
    const std::size_t end = std::min(markup.find_first_of(stops, pos), markup.size());
    const auto part = markup.substr(pos, end - pos);
    pos = end;
    return part;
  };
  while (pos < markup.size()) {
    if (markup[pos] != '<') {
      builder.text(until("<"));
      continue;
    }
    if (markup[++pos] == '/') {
      until(">");
      builder.close();
      ++pos;
      continue;
    }
    const auto name = until(" />");
    builder.open(html::tag_of(name), name);
    while (markup[pos] == ' ') {
      ++pos;
      const auto key = until("= />");
      std::string_view value;
      if (markup[pos] == '=') {
        pos += 2;
        value = until("\"");
        ++pos;
      }
      builder.attribute(key, value);
    }
    if (markup[pos] == '/') {
      builder.close();
      ++pos;
    }
    ++pos;
  }
  return builder.finish();
}

}  // namespace pw::html
