#include "html/dom/html_filter.hpp"

#include "core/text.hpp"
#include "html/dom/html_tags.hpp"
#include "text/markup/entities.hpp"

#include <gumbo.h>

#include <algorithm>
#include <array>

namespace pw::html {
namespace {

constexpr std::size_t kMaxValue = 8 * 1024;
constexpr std::size_t kMaxInlineData = 256;  ///< limit for an image or font embedded in an attribute
constexpr std::size_t kManyAttributes = 8;   ///< factor for max_attributes if keep_all is set
constexpr std::size_t kMaxOpen = 2048;
constexpr std::size_t kNotOpen = static_cast<std::size_t>(-1);
constexpr std::uint64_t kMaxSteps = 30'000'000;

struct CodePoints {
  char32_t first;
  char32_t last;
};
constexpr std::array kPrivateUse{CodePoints{0xE000, 0xF8FF}, CodePoints{0xF0000, 0xFFFFD},
                                 CodePoints{0x100000, 0x10FFFD}};

/// The attributes used by extraction rules, sorted by length.
constexpr std::array<std::string_view, 29> kAttributes{
    "id",        "alt",        "dir",         "rel",         "src",           "href",     "lang",     "name",
    "role",      "type",       "class",       "style",       "title",         "hidden",   "itemid",   "charset",
    "content",   "pubdate",    "data-src",    "datetime",    "hreflang",      "itemprop", "itemtype", "property",
    "itemscope", "http-equiv", "aria-hidden", "data-testid", "data-component"};
constexpr auto shorter = [](std::string_view a, std::string_view b) { return a.size() < b.size(); };
static_assert(std::ranges::is_sorted(kAttributes, shorter));

/// The index in kAttributes of the first name of each length.
constexpr auto kFirstOfLength = [] {
  std::array<std::uint8_t, 17> out{};
  for (std::size_t length = 0; length < out.size(); ++length)
    for (const std::string_view name : kAttributes)
      if (name.size() < length) ++out[length];
  return out;
}();

constexpr std::size_t at(Tag tag) { return static_cast<std::size_t>(tag); }

bool is_table_barrier(Tag tag) {
  return tag == Tag::table || tag == Tag::td || tag == Tag::th || tag == Tag::caption || tag == Tag::html;
}

/// Elements for which gumbo has no special rules.
bool is_plain_to_gumbo(Tag tag, const std::string& name) {
  return is_renamed_tag(tag) || (tag == Tag::other && gumbo_tag_enum(name.c_str()) == GUMBO_TAG_UNKNOWN);
}

bool is_space(char c) { return is_ascii_space(c) || c == '\0'; }

bool contains_folded(std::string_view text, std::string_view word) {
  return ascii_lower(text).find(word) != std::string::npos;
}

/// A template that browsers show as the shadow tree of its parent (HTML 4.12.3).
bool is_shadow_root(const SourceTag& tag) {
  return std::ranges::any_of(tag.attributes, [](const Attribute& a) {
    return ascii_iequals(a.name, "shadowrootmode") &&
           (ascii_iequals(a.value, "open") || ascii_iequals(a.value, "closed"));
  });
}

}  // namespace

char32_t to_reference(std::size_t number) {
  for (const auto& [first, last] : kPrivateUse) {
    const std::size_t size = last - first + 1;
    if (number < size) return first + static_cast<char32_t>(number);
    number -= size;
  }
  return kPrivateUse.back().last;
}

std::optional<std::size_t> from_reference(char32_t c) {
  std::size_t before = 0;
  for (const auto& [first, last] : kPrivateUse) {
    if (c >= first && c <= last) return before + (c - first);
    before += last - first + 1;
  }
  return std::nullopt;
}

HtmlFilter::HtmlFilter(std::string_view source, const HtmlOptions& options)
    : options_(options), scanner_(source, options.max_attributes * (options.keep_all ? kManyAttributes : 1)) {
  out_.markup.reserve(std::min(source.size() / 4, options.max_content_bytes) + 64);
  // Untouched memory is free, whereas growing a vector of this size would copy it repeatedly.
  out_.attributes.reserve(std::min(source.size(), options.max_content_bytes) / 8);
  out_.markup = "<!DOCTYPE html>";
}

FilteredHtml HtmlFilter::run() {
  for (auto token = scanner_.next(); token != HtmlScanner::Token::end; token = scanner_.next()) {
    if (full()) {
      out_.truncated = true;
      break;
    }
    if (token == HtmlScanner::Token::text) {
      on_text(scanner_.text());
    } else if (scanner_.tag().closing) {
      on_end();
    } else {
      on_start();
    }
  }
  write_text();
  return std::move(out_);
}

void HtmlFilter::on_text(std::string_view text) {
  if (text.size() > options_.max_content_bytes) {
    text = utf8_prefix(text, options_.max_content_bytes);
    out_.truncated = true;
  }
  if (open_count_[at(Tag::pre)] > 0) {
    if (std::exchange(opened_pre_, false))
      text.remove_prefix(text.starts_with("\r\n") ? 2 : text.starts_with('\n') ? 1 : 0);
    text::append_decoded(text_, text);
    after_block_ = false;
    return;
  }
  for (std::size_t i = 0; i < text.size();) {
    if (is_space(text[i])) {
      while (i < text.size() && is_space(text[i])) ++i;
      if (!after_block_) add_space();
      continue;
    }
    const std::size_t start = i;
    bool reference = false;
    for (; i < text.size() && !is_space(text[i]); ++i) reference = reference || text[i] == '&';
    const std::string_view word = text.substr(start, i - start);
    if (reference) {
      text::append_decoded(text_, word);
    } else {
      text_ += word;
    }
    after_block_ = false;
  }
}

void HtmlFilter::add_space() {
  if (text_.empty() || text_.back() != ' ') text_.push_back(' ');
}

void HtmlFilter::write_text() {
  if (text_.empty()) return;
  if (text_ == " ") {
    out_.markup += ' ';
  } else if (out_.texts.size() == kMaxReferences) {
    out_.truncated = true;
  } else {
    append_utf8(out_.markup, to_reference(out_.texts.size()));
    out_.texts.push_back(out_.pool.keep(text_));
    content_bytes_ += text_.size();
  }
  text_.clear();
}

void HtmlFilter::take_title() {
  std::string_view content;
  if (!scanner_.skip_content(Tag::title, content) || out_.elements++ > options_.max_nodes) return;
  write_text();
  out_.markup += "<title>";
  text::append_decoded(text_, utf8_prefix(content, kMaxValue));
  write_text();
  out_.markup += "</title>";
  after_block_ = true;
}

void HtmlFilter::take_script() {
  bool is_ld = false;
  for (const Attribute& a : scanner_.tag().attributes)
    is_ld = is_ld || (ascii_iequals(a.name, "type") && contains_folded(utf8_prefix(a.value, 64), "ld+json"));
  std::string_view content;
  if (!scanner_.skip_content(Tag::script, content)) {
    scanner_.skip_rest();  // truncated inside the script: the rest is code
    return;
  }
  if (is_ld && content.size() + json_ld_bytes_ <= options_.max_json_ld_bytes) {
    json_ld_bytes_ += content.size();
    out_.json_ld.push_back(content);
  }
  if (options_.keep_all) write_empty();
}

/// Handles an element without visible text. Returns false if it should be parsed like any other; true if its start tag
/// is to be dropped, with or without its content.
bool HtmlFilter::take_unshown() {
  const Tag tag = scanner_.tag().tag;
  // Inside head, most of them would implicitly open the body.
  const bool in_head = !has_body_ && open_count_[at(Tag::head)] > 0;
  const bool kept = options_.keep_all && (!in_head || tag == Tag::style);
  if (options_.read_noscript && tag == Tag::noscript && !in_head) return true;
  if (tag == Tag::template_ && !in_head && is_shadow_root(scanner_.tag())) return true;
  if (kept && !holds_raw_text(tag)) return false;
  std::string_view content;
  if (!scanner_.skip_content(tag, content) && tag == Tag::style) scanner_.skip_rest();
  if (kept) write_empty();
  return true;
}

/// Writes the current start tag and its end tag.
void HtmlFilter::write_empty() {
  if (out_.elements >= options_.max_nodes || written_depth_ >= options_.max_depth) return;
  const bool after_block = after_block_;
  write_start(false);
  write_end(scanner_.tag().tag, scanner_.tag().name);
  after_block_ = after_block;
}

/// Returns true if the start tag is to be dropped. Also consumes the content of raw text elements.
bool HtmlFilter::leave_out() {
  const SourceTag& tag = scanner_.tag();
  switch (tag.tag) {
    case Tag::script: take_script(); return true;
    case Tag::title: take_title(); return true;
    case Tag::html: return std::exchange(has_html_, true);
    case Tag::body: return std::exchange(has_body_, true);
    case Tag::head: return false;
    case Tag::frame:
    case Tag::frameset:
    case Tag::plaintext: return true;
    default: break;
  }
  if (is_unshown_tag(tag.tag) && take_unshown()) return true;
  return is_table_part(tag.tag) && open_count_[at(Tag::table)] == 0;
}

template <class Wanted, class Barrier>
std::size_t HtmlFilter::find_open_if(Wanted wanted, Barrier barrier) {
  const std::size_t limit = steps_ > kMaxSteps ? std::min<std::size_t>(open_.size(), 16) : open_.size();
  for (std::size_t n = 0; n < limit; ++n) {
    ++steps_;
    const std::size_t i = open_.size() - 1 - n;
    if (wanted(open_[i])) return i;
    if (barrier(open_[i].tag)) break;
  }
  return kNotOpen;
}

std::size_t HtmlFilter::find_open(Tag tag, std::size_t hash) {
  const auto same = [&](const Open& o) { return o.tag == tag && (tag != Tag::other || o.name_hash == hash); };
  if (tag == Tag::table || is_table_part(tag)) return find_open_if(same, [](Tag t) { return t == Tag::table; });
  if (is_heading_tag(tag)) return find_open_if([](const Open& o) { return is_heading_tag(o.tag); }, is_table_barrier);
  if (is_special_tag(tag)) return find_open_if(same, is_table_barrier);
  return find_open_if(same, is_special_tag);
}

void HtmlFilter::close_up_to(std::size_t depth) {
  while (open_.size() > depth) {
    --open_count_[at(open_.back().tag)];
    if (!open_.back().silent) --written_depth_;
    open_.pop_back();
  }
}

void HtmlFilter::close_implied(Tag tag) {
  const auto close = [&](auto wanted, auto barrier) {
    const std::size_t found = find_open_if(wanted, barrier);
    if (found != kNotOpen) close_up_to(found);
  };
  const auto is = [](Tag wanted) { return [wanted](const Open& o) { return o.tag == wanted; }; };
  if (tag == Tag::li && open_count_[at(Tag::li)] > 0)
    close(is(Tag::li), [](Tag t) { return is_special_tag(t) && t != Tag::address && t != Tag::div && t != Tag::p; });
  if ((tag == Tag::dd || tag == Tag::dt) && open_count_[at(Tag::dd)] + open_count_[at(Tag::dt)] > 0)
    close([](const Open& o) { return o.tag == Tag::dd || o.tag == Tag::dt; },
          [](Tag t) { return is_special_tag(t) && t != Tag::address && t != Tag::div && t != Tag::p; });
  if (closes_paragraph(tag) && open_count_[at(Tag::p)] > 0) close(is(Tag::p), is_table_barrier);
  if (is_heading_tag(tag) && !open_.empty() && is_heading_tag(open_.back().tag)) close_up_to(open_.size() - 1);
  if (tag == Tag::option && !open_.empty() && open_.back().tag == Tag::option) on_end();
  if (!is_table_part(tag)) return;
  const auto is_table = [](Tag t) { return t == Tag::table; };
  if (tag == Tag::td || tag == Tag::th) {
    close([](const Open& o) { return o.tag == Tag::td || o.tag == Tag::th; }, is_table);
  } else if (tag == Tag::tr) {
    close(is(Tag::tr), is_table);
  } else {
    close([](const Open& o) { return is_table_part(o.tag); }, is_table);
  }
}

void HtmlFilter::on_start() {
  if (leave_out()) return;
  const SourceTag& source = scanner_.tag();
  const Tag tag = source.tag;
  const std::size_t hash = tag == Tag::other ? std::hash<std::string_view>{}(source.name) : 0;
  if (tag == Tag::a && open_count_[at(Tag::a)] > 0) {
    // A link inside a link: its end tag is missing.
    const std::size_t found = find_open(Tag::a, 0);
    if (found != kNotOpen) {
      if (!open_[found].silent) {
        write_plain_ends(found);
        write_end(Tag::a, "a");
      }
      close_up_to(found);
    }
  }
  close_implied(tag);
  const bool is_void = is_void_tag(tag);
  if (!is_void && (open_.size() >= kMaxOpen || written_depth_ >= options_.max_depth)) {
    ++overflow_;
    out_.truncated = true;
    return;
  }
  bool silent = out_.elements >= options_.max_nodes;
  if (silent) out_.truncated = true;
  if (!options_.keep_all && is_formatting_tag(tag)) {
    silent = silent || std::ranges::none_of(source.attributes, [&](const Attribute& a) {
               return a.name.size() > 1 && (ascii_iequals(a.name, "class") || ascii_iequals(a.name, "id") ||
                                            ascii_iequals(a.name, "itemprop") || ascii_iequals(a.name, "rel") ||
                                            ascii_iequals(a.name, "style") || ascii_iequals(a.name, "hidden"));
             });
  }
  if (!silent) write_start(is_void);
  if (silent && is_block_tag(tag) && !after_block_) add_space();
  if (is_void) return;
  open_.push_back({tag, silent, is_plain_to_gumbo(tag, source.name), hash});
  ++open_count_[at(tag)];
  if (!silent) ++written_depth_;
}

void HtmlFilter::on_end() {
  const SourceTag& source = scanner_.tag();
  const Tag tag = source.closing ? source.tag : Tag::option;
  if (overflow_ > 0 && source.closing && !is_void_tag(tag)) {
    --overflow_;
    return;
  }
  // Content after </body> and </html> still belongs to the page.
  if (tag == Tag::body || tag == Tag::html || open_count_[at(tag)] == 0) return;
  const std::size_t hash = tag == Tag::other ? std::hash<std::string_view>{}(source.name) : 0;
  const std::size_t found = find_open(tag, hash);
  if (found == kNotOpen) return;
  const Open closed = open_[found];
  if (!closed.silent && closed.plain) write_plain_ends(found);
  close_up_to(found);
  if (!closed.silent) write_end(closed.tag, tag == Tag::other ? std::string_view{source.name} : tag_name(closed.tag));
}

/// Gumbo treats all plain elements alike and lets an end tag close the innermost one, so inner ones must be closed
/// first.
void HtmlFilter::write_plain_ends(std::size_t outer) {
  for (std::size_t i = open_.size() - 1; i > outer; --i)
    if (!open_[i].silent && open_[i].plain) write_end(Tag::a, tag_name(Tag::a));
}

void HtmlFilter::write_end(Tag tag, std::string_view name) {
  write_text();
  out_.markup += "</";
  if (is_renamed_tag(tag)) out_.markup += kPlainPrefix;
  out_.markup += name;
  out_.markup.push_back('>');
  if (is_block_tag(tag)) after_block_ = true;
}

void HtmlFilter::write_start(bool is_void) {
  write_text();
  const SourceTag& source = scanner_.tag();
  ++out_.elements;
  const bool renamed = is_renamed_tag(source.tag);
  out_.markup.push_back('<');
  if (renamed) out_.markup += kPlainPrefix;
  out_.markup += source.tag == Tag::image ? std::string_view{"img"} : std::string_view{source.name};
  write_attributes();
  out_.markup.push_back('>');
  if (is_void && renamed) write_end(source.tag, source.name);
  if (is_block_tag(source.tag)) after_block_ = true;
  opened_pre_ = source.tag == Tag::pre;
}

void HtmlFilter::write_attributes() {
  FilteredHtml::Range range{static_cast<std::uint32_t>(out_.attributes.size()), 0};
  for (const Attribute& attribute : scanner_.tag().attributes) keep_attribute(attribute, range);
  if (range.count == 0) return;
  if (out_.ranges.size() == kMaxReferences) {
    out_.truncated = true;
    return;
  }
  out_.markup.push_back(' ');
  append_utf8(out_.markup, to_reference(out_.ranges.size()));
  out_.ranges.push_back(range);
}

/// The lower-case name of an attribute that should be kept, or "".
std::string_view HtmlFilter::kept_name(std::string_view name) {
  if (name.size() > 64) return {};
  lower_.assign(name);
  std::ranges::transform(lower_, lower_.begin(), [](char c) { return ascii_lower(c); });
  if (lower_.size() + 1 < kFirstOfLength.size())
    for (std::size_t i = kFirstOfLength[lower_.size()]; i < kFirstOfLength[lower_.size() + 1]; ++i)
      if (kAttributes[i] == lower_) return kAttributes[i];
  const bool plain = std::ranges::all_of(lower_, [](char c) {
    return c > ' ' && c < 0x7F && c != '"' && c != '\'' && c != '<' && c != '>' && c != '=' && c != '/';
  });
  return options_.keep_all && plain ? out_.pool.keep(lower_) : std::string_view{};
}

void HtmlFilter::keep_attribute(const Attribute& attribute, FilteredHtml::Range& range) {
  const std::string_view name = kept_name(attribute.name);
  if (name.empty()) return;
  if (name == "style" && !options_.keep_all && !contains_folded(utf8_prefix(attribute.value, 256), "none")) return;
  const bool inline_data = attribute.value.starts_with("data:") && attribute.value.size() > kMaxInlineData;
  if (inline_data && !options_.keep_all) return;
  for (std::size_t i = range.first; i < out_.attributes.size(); ++i)
    if (out_.attributes[i].name == name) return;
  std::string_view value = utf8_prefix(attribute.value, inline_data ? kMaxInlineData : kMaxValue);
  if (value.find('&') != std::string_view::npos || value.find('\0') != std::string_view::npos) {
    lower_.clear();
    text::append_decoded(lower_, value);
    std::erase(lower_, '\0');
    value = lower_;
  }
  content_bytes_ += name.size() + value.size();
  out_.attributes.push_back({name, out_.pool.keep(value)});
  ++range.count;
}

}  // namespace pw::html
