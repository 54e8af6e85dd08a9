#include "extract/overrides.hpp"

#include "core/text.hpp"
#include "extract/fields/names.hpp"
#include "html/css/selector.hpp"
#include "html/dom/html_tags.hpp"
#include "text/date/date.hpp"

#include <vector>

namespace pw::extract {
namespace {

using html::NodeIndex;

/// Calls `use` for each match in document order until it returns true.
template <class Use>
Result<bool> each_match(std::string_view css, const html::Document& document, Use use) {
  if (css.empty()) return false;
  const auto selector = html::Selector::compile(css);
  if (!selector) return selector.error();
  for (const NodeIndex node : selector->select(document))
    if (use(node)) return true;
  return false;
}

void add_line(std::string& text, std::string_view line) {
  line = trim(line);
  if (line.empty()) return;
  if (!text.empty()) text += '\n';
  text += line;
}

NodeIndex block_around(const html::Document& document, NodeIndex node) {
  while (document[node].parent != html::kNoNode && !html::is_block_tag(document[node].tag))
    node = document[node].parent;
  return node;
}

/// The lines of a subtree outside the page's blocks, such as noscript and template.
std::string unshown_lines(const Page& page, NodeIndex node) {
  std::string text;
  std::string line;
  NodeIndex around = html::kNoNode;
  for (NodeIndex i = node; i < page.document[node].end; ++i) {
    if (page.document[i].is_element() || page.rules[i] != Rule::kept) continue;
    const NodeIndex block = block_around(page.document, page.document[i].parent);
    if (std::exchange(around, block) != block) {
      add_line(text, line);
      line.clear();
    }
    append_folded(line, page.document[i].text);
  }
  add_line(text, line);
  return text;
}

/// One line per block, without dropped parts.
std::string lines_of(const Page& page, NodeIndex node) {
  std::string text;
  for (const Block& block : page.blocks)
    if (block.first >= node && block.first < page.document[node].end) add_line(text, page.text_of(block));
  return text.empty() ? unshown_lines(page, node) : text;
}

std::optional<StatedDate> date_of(const Page& page, NodeIndex node, Time now) {
  for (const std::string_view name : {"datetime", "content", "title"})
    if (auto date = text::parse_date(trim(page.document.attribute(node, name)), now)) return date;
  const std::string text = page.text_below(node);
  if (auto date = text::parse_date(text, now)) return date;
  return text::find_date_in_text(text, "", now);
}

/// The text of a match, or, if it has none, the value in its attributes.
std::string statement_of(const Page& page, NodeIndex node) {
  std::string text = page.text_below(node);
  return text.empty() ? folded(page.document.attribute(node, "content")) : text;
}

}  // namespace

Result<bool> apply_overrides(const Overrides& rules, Page& page, Article& article, Time now) {
  const html::Document& document = page.document;
  for (const std::string& css : rules.drop) {
    const auto dropped = each_match(css, document, [&](NodeIndex node) {
      page.drop(node, Rule::source_drop);
      return false;
    });
    if (!dropped) return dropped.error();
  }
  const auto title = each_match(rules.title, document, [&](NodeIndex node) {
    article.title = statement_of(page, node);
    return !article.title.empty();
  });
  if (!title) return title.error();
  const auto author = each_match(rules.author, document, [&](NodeIndex node) {
    for (std::string& name : names_in(statement_of(page, node))) add_name(article.authors, std::move(name));
    return false;
  });
  if (!author) return author.error();
  const auto date = each_match(rules.date, document, [&](NodeIndex node) {
    article.published = date_of(page, node, now);
    return article.published.has_value();
  });
  if (!date) return date.error();
  std::string text;
  NodeIndex behind = 0;
  const auto body = each_match(rules.text, document, [&](NodeIndex node) {
    if (node < behind) return false;  // nested in an earlier match
    behind = document[node].end;
    add_line(text, lines_of(page, node));
    return false;
  });
  if (!body) return body.error();
  if (!text.empty()) {
    article.text = std::move(text);
    article.method = "source-selector";
  }
  return true;
}

}  // namespace pw::extract
