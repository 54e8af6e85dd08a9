#include "core/text.hpp"
#include "extract/body/body.hpp"
#include "extract/body/class_rules.hpp"
#include "extract/body/class_words.hpp"
#include "html/dom/html_tags.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace pw::extract {
namespace {

using html::NodeIndex;
using html::Tag;

bool is_left_out(Tag tag) {
  switch (tag) {
    case Tag::nav:
    case Tag::footer:
    case Tag::button:
    case Tag::dialog:
    case Tag::head:
    case Tag::menu:
    case Tag::object:
    case Tag::form:
    case Tag::aside:
    case Tag::figcaption:
    case Tag::figure:
    case Tag::input:
    case Tag::label: return true;
    default: return false;
  }
}

bool is_foreign_role(std::string_view role) {
  for (const std::string_view name :
       {"navigation", "complementary", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar",
        "toolbar", "tablist", "alert", "button", "tooltip"})
    if (ascii_iequals(role, name)) return true;
  return false;
}

bool is_dialog_role(std::string_view role) {
  return ascii_iequals(role, "dialog") || ascii_iequals(role, "alertdialog");
}

bool is_hidden(const html::Document& document, NodeIndex node) {
  for (const html::Attribute& a : document.attributes(node)) {
    if (a.name == "hidden" && a.value != "until-found" && a.value != "false") return true;
    if (a.name == "aria-hidden" && a.value == "true") return true;
    if (a.name == "style") {
      std::string style = ascii_lower(a.value);
      std::erase(style, ' ');
      if (style.find("display:none") != std::string::npos) return true;
    }
  }
  return false;
}

/// The rule that would drop a node. `word` is the class word, role or element responsible.
struct Judged {
  Rule rule = Rule::kept;
  std::string_view word;
  std::uint32_t spared_above_percent = 30;  ///< share of the page's text above which the node is kept
};

bool is_full_of_links(const Page& page, NodeIndex node) { return page.link_weight(node) * 3 > page.text_weight(node); }

/// True if less than half of the text reads like running text.
bool is_scraps(const Page& page, NodeIndex node) { return page.good_mass(node) * 2 < page.text_weight(node); }

/// True for an inline element within a line of text.
bool is_inside_line(const Page& page, NodeIndex node) {
  const html::Document& document = page.document;
  const Tag tag = document[node].tag;
  if (!html::is_formatting_tag(tag) && tag != Tag::a && tag != Tag::cite && tag != Tag::q && tag != Tag::sub &&
      tag != Tag::sup && tag != Tag::del && tag != Tag::time)
    return false;
  const NodeIndex parent = document[node].parent;
  return parent != html::kNoNode && page.text_weight(node) * 10 < page.text_weight(parent) * 6;
}

Judged judge_by_class(const Page& page, NodeIndex node, NameReader& names) {
  const bool inside_line = is_inside_line(page, node);
  const bool fixed = inside_line || html::is_heading_tag(page.document[node].tag);
  for (const std::string_view attribute : {"class", "id", "data-component", "data-testid"}) {
    const NameVerdict verdict = names.read(page.document.attribute(node, attribute));
    if (const std::string_view firm = inside_line ? verdict.hiding : verdict.firm; !firm.empty())
      return {Rule::class_word, firm, is_never_text_word(firm) ? 80U : 25U};
    if (!fixed && !verdict.suspect.empty() &&
        (is_full_of_links(page, node) || (!is_layout_word(verdict.suspect) && is_scraps(page, node))))
      return {Rule::soft_class, verdict.suspect, 10};
  }
  return {};
}

/// A table, quotation or list marked up as a figure.
bool holds_text(const html::Document& document, NodeIndex figure) {
  for (NodeIndex i = figure + 1; i < document[figure].end; ++i) {
    const Tag tag = document[i].tag;
    if (document[i].is_element() && (tag == Tag::table || tag == Tag::pre || tag == Tag::ol || tag == Tag::blockquote))
      return true;
  }
  return false;
}

Judged judge(const Page& page, NodeIndex node, NameReader& names, const std::set<std::string_view>& void_words) {
  const html::Document& document = page.document;
  const Tag tag = document[node].tag;
  const std::string_view name = document.name(node);
  if (tag == Tag::figcaption || tag == Tag::button) return {Rule::element, name, 60};
  if (is_left_out(tag) && !(tag == Tag::figure && holds_text(document, node))) {
    if (!void_words.contains(name))
      return {Rule::element, name, tag == Tag::form ? 15U : tag == Tag::figure ? 20U : tag == Tag::footer ? 80U : 40U};
  }
  const bool is_dialog = is_dialog_role(document.attribute(node, "role"));
  if (is_foreign_role(document.attribute(node, "role"))) return {Rule::role, "(role)", is_dialog ? 80U : 40U};
  if (is_hidden(document, node) && !void_words.contains("(hidden)")) return {Rule::hidden, "(hidden)", 40};
  if (tag == Tag::html || tag == Tag::body || tag == Tag::main || tag == Tag::article) return {};
  return judge_by_class(page, node, names);
}

/// Words that together would drop much of the page's text must have another meaning on this page.
std::set<std::string_view> find_void_words(const Page& page, NameReader& names) {
  std::map<std::string_view, std::uint64_t> taken;
  const std::uint32_t total = page.total_mass();
  for (NodeIndex i = 0; i < page.document.size();) {
    const html::Node& node = page.document[i];
    const Judged judged = node.is_element() ? judge(page, i, names, {}) : Judged{};
    const std::uint64_t mass = page.good_mass(i);
    if (judged.rule == Rule::kept || page.is_off(judged.rule) ||
        mass * 100 > std::uint64_t{total} * judged.spared_above_percent) {
      ++i;
      continue;
    }
    if (!judged.word.empty() && judged.spared_above_percent < 80) taken[judged.word] += mass;
    i = node.end;
  }
  std::set<std::string_view> out;
  for (const auto& [word, mass] : taken)
    if (mass * 100 > std::uint64_t{total} * 35) out.insert(word);
  return out;
}

}  // namespace

void drop_boilerplate(Page& page) {
  NameReader names;
  const std::set<std::string_view> void_words = find_void_words(page, names);
  names.ignore(void_words);
  const std::uint32_t total = page.total_mass();
  for (NodeIndex i = 0; i < page.document.size();) {
    const html::Node& node = page.document[i];
    const Judged judged = node.is_element() ? judge(page, i, names, void_words) : Judged{};
    const std::uint64_t mass = page.good_mass(i);
    if (judged.rule == Rule::kept || page.is_off(judged.rule) ||
        mass * 100 > std::uint64_t{total} * judged.spared_above_percent) {
      ++i;
      continue;
    }
    page.drop(i, judged.rule, judged.word);
    i = node.end;
  }
  page.count();
}

}  // namespace pw::extract
