#include "extract/refresh.hpp"

#include "core/text.hpp"
#include "html/dom/html_scan.hpp"
#include "html/dom/html_tags.hpp"
#include "text/markup/entities.hpp"
#include "text/url/url.hpp"

#include <algorithm>

namespace pw::extract {
namespace {

constexpr std::uint32_t kLongestWait = 24 * 60 * 60;

bool is_separator(char c) { return c == ';' || c == ','; }

void skip_space(std::string_view& text) {
  while (!text.empty() && is_ascii_space(text.front())) text.remove_prefix(1);
}

std::uint32_t take_seconds(std::string_view& text) {
  std::uint32_t seconds = 0;
  for (; !text.empty() && is_ascii_digit(text.front()); text.remove_prefix(1)) {
    seconds = std::min(seconds * 10 + static_cast<std::uint32_t>(text.front() - '0'), kLongestWait);
  }
  return seconds;
}

/// Consumes "url =" if present.
void take_label(std::string_view& text) {
  if (!ascii_iequals(text.substr(0, 3), "url")) return;
  std::string_view rest = text.substr(3);
  skip_space(rest);
  if (!rest.starts_with('=')) return;
  rest.remove_prefix(1);
  skip_space(rest);
  text = rest;
}

/// The text without its opening quote, up to the closing one.
std::string_view unquoted(std::string_view text) {
  if (!text.starts_with('\'') && !text.starts_with('"')) return text;
  const char quote = text.front();
  text.remove_prefix(1);
  return text.substr(0, text.find(quote));
}

/// A fast check that spares most pages, which have no refresh, the parsing of all tags.
bool may_refresh(std::string_view html) {
  constexpr std::size_t kLongestTag = 4096;
  constexpr std::string_view kWord = "refresh";
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    if (at + 1 == html.size() || ascii_lower(html[at + 1]) != 'm') continue;
    if (!ascii_iequals(html.substr(at + 1, 4), "meta")) continue;
    const std::string_view tag = html.substr(at, std::min(html.find('<', at + 1) - at, kLongestTag));
    const auto same = [](char a, char b) { return ascii_lower(a) == b; };
    // A character reference may stand for any letter.
    if (tag.find('&') != std::string_view::npos) return true;
    if (std::search(tag.begin(), tag.end(), kWord.begin(), kWord.end(), same) != tag.end()) return true;
  }
  return false;
}

/// True for elements whose content is raw text or not part of the page.
bool is_inert(html::Tag tag) {
  return html::holds_raw_text(tag) || tag == html::Tag::title || tag == html::Tag::textarea ||
         tag == html::Tag::template_;
}

/// A valid refresh; without an address, it reloads the page.
struct Declared {
  std::uint32_t seconds = 0;
  std::string_view address;
};

std::optional<Declared> read_refresh(std::string_view value) {
  skip_space(value);
  if (value.empty() || (!is_ascii_digit(value.front()) && value.front() != '.')) return std::nullopt;
  Declared out{take_seconds(value), {}};
  while (!value.empty() && (is_ascii_digit(value.front()) || value.front() == '.')) value.remove_prefix(1);
  if (value.empty()) return out;
  if (!is_separator(value.front()) && !is_ascii_space(value.front())) return std::nullopt;
  skip_space(value);
  if (!value.empty() && is_separator(value.front())) value.remove_prefix(1);
  skip_space(value);
  take_label(value);
  out.address = unquoted(value);
  return out;
}

std::string attribute(const html::SourceTag& tag, std::string_view name) {
  for (const html::Attribute& one : tag.attributes) {
    if (ascii_iequals(one.name, name)) return text::decode_references(one.value);
  }
  return {};
}

std::optional<Refresh> leading_elsewhere(const Declared& declared, std::string_view base, std::string_view page) {
  Refresh out{declared.seconds, other_page(declared.address, base, page)};
  if (out.url.empty()) return std::nullopt;
  return out;
}

}  // namespace

std::string other_page(std::string_view address, std::string_view base, std::string_view page) {
  const auto from = text::parse_url(base);
  const auto target = text::parse_url(address, from ? &*from : nullptr);
  const auto own = text::parse_url(page);
  if (!target || !target->is_web()) return {};
  if (own && own->without_fragment() == target->without_fragment()) return {};
  return target->href();
}

std::optional<Refresh> parse_refresh(std::string_view value, std::string_view base, std::string_view page) {
  const auto declared = read_refresh(value);
  return declared ? leading_elsewhere(*declared, base, page) : std::nullopt;
}

std::optional<Refresh> meta_refresh(std::string_view html, std::string_view url) {
  if (!may_refresh(html)) return std::nullopt;
  constexpr std::size_t kMaxAttributes = 32;
  html::HtmlScanner scanner(html, kMaxAttributes);
  std::string base(url);
  bool has_base = false;
  for (auto token = scanner.next(); token != html::HtmlScanner::Token::end; token = scanner.next()) {
    const html::SourceTag& tag = scanner.tag();
    if (token != html::HtmlScanner::Token::tag || tag.closing) continue;
    if (is_inert(tag.tag)) {
      std::string_view content;
      scanner.skip_content(tag.tag, content);
    } else if (tag.tag == html::Tag::base && !has_base) {
      const std::string href = attribute(tag, "href");
      if (href.empty()) continue;
      has_base = true;
      if (std::string absolute = text::resolve_url(trim(href), url); !absolute.empty()) base = std::move(absolute);
    } else if (tag.tag == html::Tag::meta && ascii_iequals(trim(attribute(tag, "http-equiv")), "refresh")) {
      const std::string content = attribute(tag, "content");
      if (const auto declared = read_refresh(content)) return leading_elsewhere(*declared, base, url);
    }
  }
  return std::nullopt;
}

}  // namespace pw::extract
