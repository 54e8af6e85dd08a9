#include "parse/html_filter.hpp"

#include "core/text.hpp"
#include "parse/html_tags.hpp"

#include <algorithm>
#include <array>

namespace pw::parse {
namespace {

constexpr std::size_t kMaxValue = 8 * 1024;
constexpr std::size_t kMaxOpen = 2048;
constexpr std::size_t kNotOpen = static_cast<std::size_t>(-1);
constexpr std::uint64_t kMaxSteps = 30'000'000;

/// The attributes that some rule of extraction reads. Sorted.
constexpr std::array<std::string_view, 29> kAttributes{
    "alt",      "aria-hidden", "charset",  "class", "content",  "data-component", "data-src", "data-testid",
    "datetime", "dir",         "hidden",   "href",  "hreflang", "http-equiv",     "id",       "itemid",
    "itemprop", "itemscope",   "itemtype", "lang",  "name",     "property",       "pubdate",  "rel",
    "role",     "src",         "style",    "title", "type"};
static_assert(std::ranges::is_sorted(kAttributes));

constexpr std::size_t at(Tag tag) { return static_cast<std::size_t>(tag); }

bool is_table_barrier(Tag tag) {
  return tag == Tag::table || tag == Tag::td || tag == Tag::th || tag == Tag::caption || tag == Tag::html;
}

bool contains_folded(std::string_view text, std::string_view word) {
  return ascii_lower(text).find(word) != std::string::npos;
}

}  // namespace

HtmlFilter::HtmlFilter(std::string_view source, const HtmlOptions& options)
    : options_(options), scanner_(source, options.max_attributes) {
  out_.html.reserve(std::min(source.size() / 2, options.max_content_bytes) + 64);
  out_.html = "<!DOCTYPE html>";
  for (const std::string& name : options.keep_tags) keep_tag_[at(tag_of(name))] = true;
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
  return std::move(out_);
}

void HtmlFilter::on_text(std::string_view text) {
  if (text.size() > options_.max_content_bytes) {
    text = utf8_prefix(text, options_.max_content_bytes);
    out_.truncated = true;
  }
  if (open_count_[at(Tag::pre)] > 0) {
    write_escaped(text);
    after_block_ = false;
    return;
  }
  std::string& out = out_.html;
  for (std::size_t i = 0; i < text.size();) {
    if (is_ascii_space(text[i]) || text[i] == '\0') {
      while (i < text.size() && (is_ascii_space(text[i]) || text[i] == '\0')) ++i;
      if (!after_block_ && out.back() != ' ') out.push_back(' ');
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && !is_ascii_space(text[end]) && text[end] != '\0' && text[end] != '<') ++end;
    if (end == i) {
      out += "&lt;";
      ++end;
    } else {
      out.append(text.substr(i, end - i));
    }
    i = end;
    after_block_ = false;
  }
}

void HtmlFilter::write_escaped(std::string_view text) {
  for (const char c : text) {
    if (c == '<') {
      out_.html += "&lt;";
    } else if (c != '\0') {
      out_.html.push_back(c);
    }
  }
}

bool HtmlFilter::take_content(Tag tag) {
  std::string_view content;
  if (!scanner_.skip_content(tag, content)) return false;
  if (tag == Tag::title) {
    if (elements_++ > options_.max_nodes) return true;
    out_.html += "<title>";
    write_escaped(utf8_prefix(content, kMaxValue));
    out_.html += "</title>";
    after_block_ = true;
  }
  return true;
}

/// Whether the start tag is not to be written and not to be remembered; takes the content of raw elements.
bool HtmlFilter::leave_out() {
  const SourceTag& tag = scanner_.tag();
  switch (tag.tag) {
    case Tag::script: {
      bool is_ld = false;
      for (const Attribute& a : tag.attributes)
        is_ld = is_ld || (ascii_iequals(a.name, "type") && contains_folded(utf8_prefix(a.value, 64), "ld+json"));
      std::string_view content;
      if (!scanner_.skip_content(Tag::script, content)) {
        scanner_.skip_rest();  // cut off inside: what follows is code
        return true;
      }
      if (is_ld && content.size() + json_ld_bytes_ <= options_.max_json_ld_bytes) {
        json_ld_bytes_ += content.size();
        out_.json_ld.push_back(content);
      }
      return true;
    }
    case Tag::title: (void)take_content(Tag::title); return true;
    case Tag::html: return std::exchange(has_html_, true);
    case Tag::body: return std::exchange(has_body_, true);
    case Tag::head: return false;
    case Tag::frame:
    case Tag::frameset:
    case Tag::plaintext: return true;
    default: break;
  }
  if (is_dropped_tag(tag.tag) && !keep_tag_[at(tag.tag)]) {
    const bool form_control = tag.tag == Tag::select || tag.tag == Tag::textarea;
    if (options_.keep_all && form_control) return false;
    if (!take_content(tag.tag) && tag.tag == Tag::style) scanner_.skip_rest();
    return true;
  }
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
    // A link in a link: the author forgot the end tag.
    const std::size_t found = find_open(Tag::a, 0);
    if (found != kNotOpen) {
      if (!open_[found].silent) write_end(Tag::a, "a");
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
  bool silent = elements_ >= options_.max_nodes;
  if (silent) out_.truncated = true;
  if (!options_.keep_all && is_formatting_tag(tag)) {
    silent = silent || std::ranges::none_of(source.attributes, [&](const Attribute& a) {
               return a.name.size() > 1 && (ascii_iequals(a.name, "class") || ascii_iequals(a.name, "id") ||
                                            ascii_iequals(a.name, "itemprop") || ascii_iequals(a.name, "rel") ||
                                            ascii_iequals(a.name, "style") || ascii_iequals(a.name, "hidden"));
             });
  }
  if (!silent) write_start(is_void);
  if (silent && is_block_tag(tag) && !after_block_) out_.html.push_back(' ');
  if (is_void) return;
  open_.push_back({tag, silent, hash});
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
  // What follows </body> and </html> still belongs to the page.
  if (tag == Tag::body || tag == Tag::html || open_count_[at(tag)] == 0) return;
  const std::size_t hash = tag == Tag::other ? std::hash<std::string_view>{}(source.name) : 0;
  const std::size_t found = find_open(tag, hash);
  if (found == kNotOpen) return;
  const Open closed = open_[found];
  close_up_to(found);
  if (!closed.silent) write_end(closed.tag, tag == Tag::other ? std::string_view{source.name} : tag_name(closed.tag));
}

void HtmlFilter::write_end(Tag tag, std::string_view name) {
  out_.html += "</";
  if (is_renamed_tag(tag)) out_.html += kPlainPrefix;
  out_.html += name;
  out_.html.push_back('>');
  if (is_block_tag(tag)) after_block_ = true;
}

void HtmlFilter::write_start(bool is_void) {
  const SourceTag& source = scanner_.tag();
  ++elements_;
  const bool renamed = is_renamed_tag(source.tag);
  out_.html.push_back('<');
  if (renamed) out_.html += kPlainPrefix;
  out_.html += source.tag == Tag::image ? std::string_view{"img"} : std::string_view{source.name};
  write_attributes();
  out_.html.push_back('>');
  if (is_void && renamed) write_end(source.tag, source.name);
  if (is_block_tag(source.tag)) after_block_ = true;
}

bool HtmlFilter::is_kept_attribute(std::string_view lower) const {
  if (!options_.keep_all) return std::ranges::binary_search(kAttributes, lower);
  return lower.size() <= 64 && std::ranges::all_of(lower, [](char c) {
           return c > ' ' && c < 0x7F && c != '"' && c != '\'' && c != '<' && c != '>' && c != '=' && c != '/';
         });
}

void HtmlFilter::write_attributes() {
  for (const Attribute& a : scanner_.tag().attributes) {
    if (a.name.size() > 64) continue;
    lower_ = ascii_lower(a.name);
    if (!is_kept_attribute(lower_)) continue;
    if (lower_ == "style" && !options_.keep_all && !contains_folded(utf8_prefix(a.value, 256), "none")) continue;
    if (a.value.starts_with("data:") && a.value.size() > 256) continue;
    out_.html.push_back(' ');
    out_.html += lower_;
    out_.html += "=\"";
    for (const char c : utf8_prefix(a.value, kMaxValue)) {
      if (c == '"') {
        out_.html += "&quot;";
      } else if (c != '\0') {
        out_.html.push_back(c);
      }
    }
    out_.html.push_back('"');
  }
}

}  // namespace pw::parse
