#include "cli/inspect/inspect.hpp"
#include "html/css/selector.hpp"
#include "html/dom/html.hpp"

#include <algorithm>
#include <iterator>

namespace pw::cli {
namespace {

constexpr std::string_view kVoid[] = {"area",  "base", "br",   "col",   "embed",  "hr",    "img",
                                      "input", "link", "meta", "param", "source", "track", "wbr"};

void append_escaped(std::string& out, std::string_view text, bool in_attribute) {
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '"' && in_attribute)
      out += "&quot;";
    else if (c == '<' && !in_attribute)
      out += "&lt;";
    else if (c == '>' && !in_attribute)
      out += "&gt;";
    else
      out += c;
  }
}

/// The markup of an element including its content. Not recursive.
std::string outer_html(const html::Document& page, html::NodeIndex element) {
  std::string out;
  std::vector<html::NodeIndex> open;
  const auto close_before = [&](html::NodeIndex at) {
    for (; !open.empty() && page[open.back()].end <= at; open.pop_back()) {
      if (std::ranges::find(kVoid, page.name(open.back())) == std::end(kVoid)) {
        out.append("</").append(page.name(open.back())).append(">");
      }
    }
  };
  for (html::NodeIndex at = element; at < page[element].end; ++at) {
    close_before(at);
    if (!page[at].is_element()) {
      append_escaped(out, page[at].text, false);
      continue;
    }
    out.append("<").append(page.name(at));
    for (const auto& [name, value] : page.attributes(at)) {
      out.append(" ").append(name).append("=\"");
      append_escaped(out, value, true);
      out += '"';
    }
    out += '>';
    open.push_back(at);
  }
  close_before(page[element].end);
  return out;
}

boost::json::object answer(std::string_view css, const std::string& html, WorkClock& clock) {
  const auto selector = html::Selector::compile(css);
  if (!selector) return {{"error", selector.error().message}};
  html::HtmlOptions options;
  options.keep_all = true;
  const auto page = html::parse_html(html, options);
  if (!page) return {{"error", page.error().message}};
  const auto found = clock.time(html.size(), [&] { return selector->select(*page); });
  boost::json::array ids;
  boost::json::array outer;
  for (const auto element : found) {
    ids.emplace_back(page->attribute(element, "id"));
    outer.emplace_back(outer_html(*page, element));
  }
  return {{"ids", std::move(ids)}, {"outer", std::move(outer)}};
}

boost::json::object batch(const BatchCase& one, WorkClock& clock) {
  const auto html = one.text("html");
  return answer(one.text("selector").value_or(""), html ? *html : one.file("file"), clock);
}

boost::json::object single(const SingleInput& input) {
  WorkClock clock;
  return answer(input.bytes, input.extra, clock);
}

}  // namespace

const InspectKind kInspectSelector{.name = "selector",
                                   .summary = "what a CSS selector finds in an HTML file",
                                   .input_is_text = true,
                                   .batch = batch,
                                   .single = single};

}  // namespace pw::cli
