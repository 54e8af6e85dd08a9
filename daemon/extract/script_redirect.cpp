#include "core/text.hpp"
#include "extract/refresh.hpp"
#include "html/dom/html_scan.hpp"

#include <algorithm>
#include <array>

namespace pw::extract {
namespace {

constexpr std::size_t kLongestScript = 2'000;

bool is_name_char(char c) {
  return (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
}

void skip_space(std::string_view& text) {
  while (!text.empty() && is_ascii_space(text.front())) text.remove_prefix(1);
}

bool take(std::string_view& text, std::string_view word) {
  skip_space(text);
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

/// The identifier before `at`, ignoring white space in between.
std::string_view name_before(std::string_view code, std::size_t at) {
  while (at > 0 && is_ascii_space(code[at - 1])) --at;
  std::size_t begin = at;
  while (begin > 0 && is_name_char(code[begin - 1])) --begin;
  return code.substr(begin, at - begin);
}

/// True if `location` at this position is the page's own.
bool is_page_location(std::string_view code, std::size_t at) {
  if (at > 0 && is_name_char(code[at - 1])) return false;
  while (at > 0 && is_ascii_space(code[at - 1])) --at;
  if (at == 0) return true;
  if (code[at - 1] != '.') {
    const std::string_view before = name_before(code, at);
    return before != "var" && before != "let" && before != "const";
  }
  const std::string_view owner = name_before(code, at - 1);
  constexpr std::array<std::string_view, 7> kOwners{"window", "document", "top",       "self",
                                                    "parent", "this",     "globalThis"};
  return std::ranges::find(kOwners, owner) != kOwners.end();
}

/// Consumes a string literal at the beginning of `code` and returns its value; "" if there is none, or if it is only
/// part of an expression.
std::string take_literal(std::string_view& code) {
  skip_space(code);
  if (code.empty() || (code.front() != '"' && code.front() != '\'' && code.front() != '`')) return {};
  const char quote = code.front();
  std::string out;
  std::size_t at = 1;
  for (; at < code.size() && code[at] != quote && code[at] != '\n'; ++at) {
    if (code[at] != '\\') {
      out += code[at];
      continue;
    }
    const std::string_view escape = code.substr(at + 1);
    for (const std::string_view slash : {"x2f", "x2F", "u002f", "u002F"}) {
      if (escape.starts_with(slash)) at += slash.size() - 1;
    }
    const bool is_slash = escape.starts_with('x') || escape.starts_with('u');
    if (++at < code.size()) out += is_slash ? '/' : code[at];
  }
  if (at >= code.size() || code[at] != quote || (quote == '`' && out.find("${") != std::string::npos)) return {};
  code.remove_prefix(at + 1);
  skip_space(code);
  if (code.starts_with('+') || code.starts_with('.') || code.starts_with(',')) return {};
  return out;
}

/// The literal assigned after "location", if any.
std::string literal_target(std::string_view code) {
  skip_space(code);
  if (code.starts_with('.')) {
    code.remove_prefix(1);
    skip_space(code);
    if (take(code, "replace") || take(code, "assign")) return take(code, "(") ? take_literal(code) : std::string();
    if (!take(code, "href")) return {};
  }
  if (!take(code, "=") || code.starts_with('=')) return {};
  return take_literal(code);
}

bool contains_word(std::string_view code, std::string_view word) {
  for (std::size_t at = code.find(word); at != std::string_view::npos; at = code.find(word, at + 1)) {
    const bool begins = at == 0 || !is_name_char(code[at - 1]);
    if (begins && (at + word.size() >= code.size() || !is_name_char(code[at + word.size()]))) return true;
  }
  return false;
}

/// The only URL to which a script redirects unconditionally; "" if the script does more than that.
std::string target_of(std::string_view code) {
  constexpr std::string_view kLocation = "location";
  if (code.size() > kLongestScript) return {};
  for (const std::string_view word : {"if", "switch", "click", "onclick", "submit", "onsubmit"}) {
    if (contains_word(code, word)) return {};
  }
  std::string found;
  for (std::size_t at = code.find(kLocation); at != std::string_view::npos; at = code.find(kLocation, at + 1)) {
    if (!is_page_location(code, at)) continue;
    std::string target = literal_target(code.substr(at + kLocation.size()));
    if (target.empty()) continue;
    if (!found.empty() && found != target) return {};
    found = std::move(target);
  }
  return found;
}

}  // namespace

std::string script_redirect(std::string_view html, std::string_view url) {
  constexpr std::size_t kMaxAttributes = 32;
  html::HtmlScanner scanner(html, kMaxAttributes);
  for (auto token = scanner.next(); token != html::HtmlScanner::Token::end; token = scanner.next()) {
    const html::SourceTag& tag = scanner.tag();
    if (token != html::HtmlScanner::Token::tag || tag.closing) continue;
    std::string_view code;
    if (tag.tag == html::Tag::script) {
      if (!scanner.skip_content(html::Tag::script, code)) return {};
    } else if (tag.tag == html::Tag::body) {
      for (const html::Attribute& one : tag.attributes) {
        if (ascii_iequals(one.name, "onload")) code = one.value;
      }
    }
    if (code.empty()) continue;
    if (std::string target = other_page(target_of(code), url, url); !target.empty()) return target;
  }
  return {};
}

}  // namespace pw::extract
