#include "html/dom/inner_text.hpp"

#include "core/text.hpp"
#include "html/dom/html_tags.hpp"

#include <algorithm>
#include <string_view>

namespace pw::html {
namespace {

bool breaks_line(Tag tag) {
  return tag == Tag::br || tag == Tag::p || tag == Tag::div || tag == Tag::li || tag == Tag::blockquote;
}

}  // namespace

std::string inner_text(const Document& page, NodeIndex node) {
  std::string out;
  for (NodeIndex i = node; i < page[node].end; ++i) {
    if (page[i].is_element()) {
      if (breaks_line(page[i].tag)) out += '\n';
      if (i > node && is_unshown_tag(page[i].tag)) i = page[i].end - 1;
      continue;
    }
    for (const char c : page[i].text) {
      const bool space = is_ascii_space(c);
      if (!space || (!out.empty() && out.back() != ' ' && out.back() != '\n')) out += space ? ' ' : c;
    }
  }
  std::string lines;
  for (std::string_view rest = out; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = trim(rest.substr(0, end));
    if (!line.empty()) lines.append(lines.empty() ? "" : "\n").append(line);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return lines;
}

}  // namespace pw::html
