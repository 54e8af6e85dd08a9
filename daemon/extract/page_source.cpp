#include "extract/page_source.hpp"

#include "core/text.hpp"
#include "extract/page.hpp"
#include "html/dom/html_scan.hpp"
#include "html/dom/html_tags.hpp"
#include "text/markup/entities.hpp"
#include "text/token/fold.hpp"

#include <algorithm>
#include <array>

namespace pw::extract {
namespace {

using html::HtmlScanner;
using html::Tag;

constexpr std::size_t kMaxAttributes = 32;
constexpr std::size_t kMaxLabel = 1'000;      // bytes of a title, of all headings, of all labels
constexpr std::size_t kMaxMarks = 64 * 1024;  // bytes
constexpr std::size_t kMaxMark = 300;         // bytes each
constexpr std::size_t kMaxNoscript = 2'000;   // bytes
constexpr std::size_t kMaxScripts = 200;

constexpr auto kRootIds = std::to_array<std::string_view>(
    {"root", "app", "__next", "__nuxt", "react-root", "app-root", "main-app", "application", "svelte", "___gatsby",
     "mount", "react-app", "vue-app", "page-root", "spa", "approot", "app-container", "ember-app"});

void append_line(std::string& to, std::string_view text, std::size_t most) {
  if (to.size() >= most) return;
  if (!to.empty() && to.back() != '\n') to += '\n';
  to += utf8_prefix(text, most - to.size());
}

class SourceReader {
 public:
  explicit SourceReader(std::string_view html) : scanner_(html, kMaxAttributes) {}

  PageSource read() {
    for (auto token = scanner_.next(); token != HtmlScanner::Token::end; token = scanner_.next()) {
      if (token == HtmlScanner::Token::text) {
        on_text(scanner_.text());
      } else if (scanner_.tag().closing) {
        on_end(scanner_.tag().tag);
      } else {
        on_start(scanner_.tag());
      }
    }
    return std::move(out_);
  }

 private:
  void on_text(std::string_view raw) {
    scratch_.clear();
    text::append_decoded(scratch_, raw);
    const std::size_t weight = text_weight(scratch_);
    if (weight == 0) {
      if (!raw.empty() && !out_.text.empty() && out_.text.back() != '\n') append_folded(out_.text, " ");
      return;
    }
    out_.text_chars += weight;
    if (in_link_) out_.link_chars += weight;
    if (out_.text.size() < kMaxShownText) append_folded(out_.text, scratch_);
    if (in_link_ && out_.links.size() < kMaxShownText) append_folded(out_.links, scratch_);
    if (in_heading_ && out_.headings.size() < kMaxLabel) append_folded(out_.headings, scratch_);
    if (in_button_ && out_.buttons.size() < kMaxLabel) append_folded(out_.buttons, scratch_);
  }

  static void break_line(std::string& text) {
    if (!text.empty() && text.back() != '\n') text += '\n';
  }

  void on_start(const html::SourceTag& tag) {
    if (html::is_block_tag(tag.tag) || tag.tag == Tag::br) break_line(out_.text);
    take_marks(tag);
    if (take_content(tag)) return;
    switch (tag.tag) {
      case Tag::meta: take_meta(tag); break;
      case Tag::img: ++out_.images; break;
      case Tag::input: take_input(tag); break;
      case Tag::h1:
      case Tag::h2: in_heading_ = true; break;
      case Tag::a:
        in_link_ = true;
        in_button_ = in_button_ || ascii_iequals(attribute(tag, "role"), "button");
        break;
      case Tag::button: in_button_ = true; break;
      default: break;
    }
  }

  void on_end(Tag tag) {
    if (html::is_block_tag(tag)) break_line(out_.text);
    if (tag == Tag::h1 || tag == Tag::h2) {
      in_heading_ = false;
      break_line(out_.headings);
    } else if (tag == Tag::a || tag == Tag::button) {
      in_link_ = in_link_ && tag != Tag::a;
      in_button_ = false;
      break_line(tag == Tag::a ? out_.links : out_.buttons);
      break_line(out_.buttons);
    }
  }

  /// True for an element whose content is not shown as text; it has been consumed then.
  bool take_content(const html::SourceTag& tag) {
    std::string_view content;
    switch (tag.tag) {
      case Tag::script: {
        const bool is_data = ascii_lower(attribute(tag, "type")).find("ld+json") != std::string::npos;
        if (!scanner_.skip_content(Tag::script, content)) scanner_.skip_rest();
        auto& list = is_data ? out_.linked_data : out_.scripts;
        if (!content.empty() && list.size() < kMaxScripts) list.push_back(content);
        return true;
      }
      case Tag::title:
        if (scanner_.skip_content(Tag::title, content) && out_.title.empty()) {
          out_.title = folded(text::decode_references(utf8_prefix(content, kMaxLabel)));
        }
        return true;
      case Tag::noscript:
        if (scanner_.skip_content(Tag::noscript, content)) take_noscript(content);
        return true;
      case Tag::style:
        if (!scanner_.skip_content(Tag::style, content)) scanner_.skip_rest();
        return true;
      default: return html::is_unshown_tag(tag.tag) && scanner_.skip_content(tag.tag, content);
    }
  }

  void take_noscript(std::string_view content) {
    HtmlScanner inner(utf8_prefix(content, kMaxNoscript), kMaxAttributes);
    for (auto token = inner.next(); token != HtmlScanner::Token::end; token = inner.next()) {
      if (token != HtmlScanner::Token::text || out_.noscript.size() > kMaxNoscript) continue;
      append_folded(out_.noscript, text::decode_references(inner.text()));
    }
    break_line(out_.noscript);
  }

  void take_meta(const html::SourceTag& tag) {
    if (ascii_iequals(attribute(tag, "property"), "og:type"))
      out_.og_type = ascii_lower(trim(attribute(tag, "content")));
  }

  void take_input(const html::SourceTag& tag) {
    const std::string type = ascii_lower(attribute(tag, "type"));
    out_.has_password = out_.has_password || type == "password";
    if (type == "submit" || type == "button") append_line(out_.buttons, attribute(tag, "value"), kMaxLabel);
  }

  void take_marks(const html::SourceTag& tag) {
    for (const std::string_view name : {"id", "class", "src", "action"}) {
      const std::string_view value = attribute(tag, name);
      if (value.empty() || (tag.tag == Tag::img && name == "src")) continue;
      append_line(out_.marks, ascii_lower(utf8_prefix(value, kMaxMark)), kMaxMarks);
      if (name == "id" && std::ranges::find(kRootIds, ascii_lower(value)) != kRootIds.end()) {
        out_.has_application_root = true;
      }
    }
    if (tag.tag == Tag::other && tag.name.ends_with("-root")) out_.has_application_root = true;
    if (tag.tag == Tag::other && tag.name.ends_with("-app")) out_.has_application_root = true;
  }

  static std::string_view attribute(const html::SourceTag& tag, std::string_view name) {
    for (const html::Attribute& one : tag.attributes) {
      if (ascii_iequals(one.name, name)) return one.value;
    }
    return {};
  }

  HtmlScanner scanner_;
  PageSource out_;
  std::string scratch_;
  bool in_link_ = false;
  bool in_heading_ = false;
  bool in_button_ = false;
};

}  // namespace

PageSource read_source(std::string_view html) { return SourceReader(html).read(); }

std::size_t text_weight(std::string_view text) {
  constexpr std::size_t kOfUnspaced = 3;
  std::size_t weight = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (c <= ' ' || c == 0xA0) continue;
    const bool plain = c < 0xE00;
    weight += !plain && (text::kind_of(c) == text::CharKind::single || (c >= 0x3040 && c < 0xD7B0)) ? kOfUnspaced : 1;
  }
  return weight;
}

}  // namespace pw::extract
