#include "text/markup/plain_text.hpp"

#include "core/text.hpp"
#include "text/markup/entities.hpp"
#include "text/markup/tag_soup.hpp"

#include <algorithm>
#include <array>

namespace pw::text {
namespace {

constexpr std::array<std::string_view, 127> kHtmlNames{
    "a",       "abbr",     "acronym",  "address", "applet",   "area",       "article", "aside",      "audio",
    "b",       "base",     "basefont", "bdi",     "bdo",      "big",        "blink",   "blockquote", "body",
    "br",      "button",   "canvas",   "caption", "center",   "cite",       "code",    "col",        "colgroup",
    "data",    "datalist", "dd",       "del",     "details",  "dfn",        "dialog",  "dir",        "div",
    "dl",      "dt",       "em",       "embed",   "fieldset", "figcaption", "figure",  "font",       "footer",
    "form",    "frame",    "frameset", "h1",      "h2",       "h3",         "h4",      "h5",         "h6",
    "head",    "header",   "hgroup",   "hr",      "html",     "i",          "iframe",  "img",        "input",
    "ins",     "kbd",      "label",    "legend",  "li",       "link",       "main",    "map",        "mark",
    "marquee", "math",     "menu",     "meta",    "meter",    "nav",        "nobr",    "noscript",   "object",
    "ol",      "optgroup", "option",   "output",  "p",        "param",      "picture", "pre",        "progress",
    "q",       "rp",       "rt",       "ruby",    "s",        "samp",       "script",  "section",    "select",
    "small",   "source",   "span",     "strike",  "strong",   "style",      "sub",     "summary",    "sup",
    "svg",     "table",    "tbody",    "td",      "template", "textarea",   "tfoot",   "th",         "thead",
    "time",    "title",    "tr",       "track",   "tt",       "u",          "ul",      "var",        "video",
    "wbr"};
static_assert(std::ranges::is_sorted(kHtmlNames));

constexpr std::array<std::string_view, 42> kBlocks{
    "address", "article", "aside", "blockquote", "body", "br",       "caption",    "center", "dd",
    "details", "dir",     "div",   "dl",         "dt",   "fieldset", "figcaption", "figure", "footer",
    "form",    "h1",      "h2",    "h3",         "h4",   "h5",       "h6",         "header", "hr",
    "li",      "main",    "menu",  "nav",        "ol",   "option",   "p",          "pre",    "section",
    "summary", "table",   "td",    "th",         "tr",   "ul"};
static_assert(std::ranges::is_sorted(kBlocks));

constexpr std::array<std::string_view, 7> kUnseen{"head", "noscript", "script", "style", "svg", "template", "title"};

constexpr std::size_t kLongestName = 12;

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::ranges::binary_search(names, name);
}

/// Collapses white space while text is appended.
class TextWriter {
 public:
  explicit TextWriter(bool one_line) : one_line_(one_line) {}

  void add(std::string_view text) {
    while (!text.empty()) {
      if (is_space(text)) {
        pause(' ');
        continue;
      }
      std::size_t end = 1;
      while (end < text.size() && (is_inked(text[end]) || is_single_space(text, end))) ++end;
      if (pending_ != 0 && !out.empty()) out += pending_;
      pending_ = 0;
      out += text.substr(0, end);
      text.remove_prefix(end);
    }
  }

  void break_line() { pause(one_line_ ? ' ' : '\n'); }

  std::string out;

 private:
  /// True for bytes that cannot start white space.
  static bool is_inked(char c) { return static_cast<unsigned char>(c) > ' ' && c != '\xC2'; }

  /// A single space between two words, which can be copied unchanged.
  static bool is_single_space(std::string_view text, std::size_t at) {
    return text[at] == ' ' && at + 1 < text.size() && is_inked(text[at + 1]);
  }

  /// Consumes one leading white-space character (ASCII or U+00A0), if there is one.
  static bool is_space(std::string_view& text) {
    const auto c = static_cast<unsigned char>(text.front());
    if (c <= ' ') {
      text.remove_prefix(1);
      return true;
    }
    if (!text.starts_with("\xC2\xA0")) return false;
    text.remove_prefix(2);
    return true;
  }

  void pause(char kind) {
    if (pending_ != '\n') pending_ = kind;
  }

  bool one_line_;
  char pending_ = 0;
};

/// An unknown name alone in angle brackets, as in "std::vector<int>", is text rather than markup.
bool is_markup(const SoupToken& token, const std::string& name) {
  if (token.kind == SoupToken::Kind::end_tag) return !name.empty();
  if (!trim(token.text).empty()) return true;
  return is_one_of(kHtmlNames, name) || name.find_first_of(":-") != std::string::npos;
}

/// An unfinished "<!--" or "<a" at the end of a title is text that only looks like markup.
bool is_cut_off(std::string_view source) {
  if (source.starts_with("<!--")) return !source.ends_with("-->");
  return source.find_first_of(" \t\n>") == std::string_view::npos;
}

void add_markup(TextWriter& writer, std::string_view html) {
  TagSoup soup(html, TagSoup::Dialect::html);
  std::string unseen;
  std::string decoded;
  for (;;) {
    const SoupToken token = soup.next();
    switch (token.kind) {
      case SoupToken::Kind::end_of_input: return;
      case SoupToken::Kind::other:
        if (unseen.empty() && is_cut_off(token.source)) writer.add(token.source);
        break;
      case SoupToken::Kind::text:
      case SoupToken::Kind::cdata:
        if (!unseen.empty()) break;
        decoded.clear();
        append_decoded(decoded, token.text);
        writer.add(decoded);
        break;
      case SoupToken::Kind::start_tag:
      case SoupToken::Kind::end_tag: {
        const bool starts = token.kind == SoupToken::Kind::start_tag;
        const std::string name = ascii_lower(token.name.substr(0, kLongestName));
        if (!unseen.empty()) {
          if (!starts && name == unseen) unseen.clear();
        } else if (!is_markup(token, name)) {
          writer.add(token.source);
        } else if (is_one_of(kBlocks, name)) {
          writer.break_line();
        } else if (starts && !token.self_closing && std::ranges::find(kUnseen, name) != kUnseen.end() &&
                   html.find("</", soup.position()) != std::string_view::npos) {
          unseen = name;
        }
        break;
      }
    }
  }
}

std::string to_text(std::string_view html, bool one_line) {
  TextWriter writer(one_line);
  writer.out.reserve(html.size());
  if (html.find('<') == std::string_view::npos && html.find('&') == std::string_view::npos) {
    writer.add(html);
  } else {
    add_markup(writer, html);
  }
  return std::move(writer.out);
}

}  // namespace

std::string plain_text(std::string_view html) { return to_text(html, false); }

std::string plain_line(std::string_view html) { return to_text(html, true); }

}  // namespace pw::text
