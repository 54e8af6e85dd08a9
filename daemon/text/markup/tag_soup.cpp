#include "text/markup/tag_soup.hpp"

#include "core/text.hpp"

#include <array>
#include <cstring>

namespace pw::text {
namespace {

constexpr auto kNpos = std::string_view::npos;

constexpr bool starts_name(char c) {
  const char lower = ascii_lower(c);
  return (lower >= 'a' && lower <= 'z') || c == '_' || c == ':' || static_cast<unsigned char>(c) >= 0x80;
}

constexpr std::array<bool, 256> kNameEnds = [] {
  std::array<bool, 256> ends{};
  for (const char c : {' ', '\t', '\n', '\r', '\f', '\v', '/', '>', '<', '=', '"', '\''}) {
    ends[static_cast<unsigned char>(c)] = true;
  }
  return ends;
}();

std::size_t name_end(std::string_view text, std::size_t at) {
  while (at < text.size() && !kNameEnds[static_cast<unsigned char>(text[at])]) ++at;
  return at;
}

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size() && is_ascii_space(text[at])) ++at;
  return at;
}

}  // namespace

SoupToken TagSoup::next(std::string_view open_name) {
  if (pos_ >= doc_.size()) return {};
  if (doc_[pos_] != '<' || !opens_markup(pos_)) return text_token();
  switch (doc_[pos_ + 1]) {
    case '/': return end_tag();
    case '!': return declaration(open_name);
    case '?': {
      const std::size_t end = doc_.find('>', pos_);
      return skip_to(end == kNpos ? doc_.size() : end + 1);
    }
    default: return start_tag();
  }
}

bool TagSoup::opens_markup(std::size_t at) const {
  if (at + 1 >= doc_.size()) return false;
  const char c = doc_[at + 1];
  return starts_name(c) || c == '/' || c == '!' || c == '?';
}

void TagSoup::finish(SoupToken& token, std::size_t end) {
  token.source = {doc_.data() + pos_, end - pos_};
  pos_ = end;
}

SoupToken TagSoup::skip_to(std::size_t end) {
  SoupToken token;
  token.kind = SoupToken::Kind::other;
  finish(token, end);
  return token;
}

SoupToken TagSoup::text_token() {
  std::size_t end = pos_;
  if (doc_[pos_] == '<') {
    damaged_ = true;
    ++end;
  }
  end = std::min(doc_.find('<', end), doc_.size());
  SoupToken token;
  token.kind = SoupToken::Kind::text;
  token.text = doc_.substr(pos_, end - pos_);
  finish(token, end);
  return token;
}

SoupToken TagSoup::start_tag() {
  SoupToken token;
  token.kind = SoupToken::Kind::start_tag;
  const std::size_t begin = pos_;
  const std::size_t after_name = name_end(doc_, begin + 1);
  token.name = doc_.substr(begin + 1, after_name - begin - 1);
  bool complete = true;
  const std::size_t end = find_tag_end(after_name, complete);
  if (!complete) damaged_ = true;
  std::size_t attributes_end = end;
  if (attributes_end > after_name && doc_[attributes_end - 1] == '/') {
    token.self_closing = true;
    --attributes_end;
  }
  token.text = doc_.substr(after_name, attributes_end - after_name);
  if (end >= doc_.size()) token.kind = SoupToken::Kind::other;  // truncated inside the tag
  finish(token, end < doc_.size() && doc_[end] == '>' ? end + 1 : end);
  return token;
}

/// The '>' that ends the tag; if it is missing, the '<' of the next tag or the end of the document.
std::size_t TagSoup::find_tag_end(std::size_t from, bool& complete) const {
  std::size_t at = from;
  while (at < doc_.size()) {
    const char c = doc_[at];
    if (c == '>') return at;
    if (c == '<' && opens_markup(at)) break;
    if (c == '=') {
      const std::size_t quote = skip_space(doc_, at + 1);
      if (quote < doc_.size() && (doc_[quote] == '"' || doc_[quote] == '\'')) {
        bool closed = true;
        at = value_end(quote, closed);
        if (!closed) {
          complete = false;
          return at;
        }
        continue;
      }
    }
    ++at;
  }
  complete = false;
  return at;
}

/// The position after the closing quote. The quote counts as missing if a tag starts before the next quote.
std::size_t TagSoup::value_end(std::size_t quote, bool& closed) const {
  const std::size_t close = std::min(doc_.find(doc_[quote], quote + 1), doc_.size());
  if (html_ && close < doc_.size()) return close + 1;
  const std::string_view value = doc_.substr(quote + 1, close - quote - 1);
  std::size_t angle = value.find('<');
  while (angle != kNpos && !opens_markup(quote + 1 + angle)) angle = value.find('<', angle + 1);
  if (angle == kNpos && close < doc_.size()) return close + 1;
  closed = false;
  const std::size_t end = value.substr(0, angle).find('>');
  if (end != kNpos) return quote + 1 + end;
  return angle == kNpos ? doc_.size() : quote + 1 + angle;
}

SoupToken TagSoup::end_tag() {
  SoupToken token;
  token.kind = SoupToken::Kind::end_tag;
  const std::size_t begin = skip_space(doc_, pos_ + 2);
  std::size_t end = name_end(doc_, begin);
  token.name = doc_.substr(begin, end - begin);
  while (end < doc_.size() && doc_[end] != '>' && doc_[end] != '<') ++end;
  if (end < doc_.size() && doc_[end] == '>') {
    finish(token, end + 1);
    return token;
  }
  damaged_ = true;
  finish(token, end);
  return token;
}

SoupToken TagSoup::declaration(std::string_view open_name) {
  const std::string_view rest = doc_.substr(pos_);
  if (rest.starts_with("<![CDATA[")) return cdata(open_name);
  if (rest.starts_with("<!--")) {
    const std::size_t end = find(comment_end_, pos_ + 4);
    if (end != kNpos && !hides_markup(pos_ + 4, end, "<!--", {})) return skip_to(end + 3);
    damaged_ = true;
    const std::size_t angle = doc_.find('>', pos_);
    return skip_to(angle == kNpos ? doc_.size() : angle + 1);
  }
  return doctype();
}

SoupToken TagSoup::cdata(std::string_view open_name) {
  constexpr std::size_t kOpener = 9;
  const std::size_t begin = pos_ + kOpener;
  SoupToken token;
  token.kind = SoupToken::Kind::cdata;
  std::size_t end = find(cdata_end_, begin);
  if (end != kNpos && !hides_markup(begin, end, "<![CDATA[", open_name)) {
    token.text = doc_.substr(begin, end - begin);
    finish(token, end + 3);
    return token;
  }
  damaged_ = true;
  end = begin;
  while (!open_name.empty()) {
    end = doc_.find("</", end);
    if (end == kNpos || ascii_iequals(doc_.substr(end + 2, open_name.size()), open_name)) break;
    end += 2;
  }
  if (open_name.empty()) end = doc_.find('<', begin);
  end = std::min(end, doc_.size());
  token.text = doc_.substr(begin, end - begin);
  finish(token, end);
  return token;
}

/// Detects an unterminated section: true if the text up to its apparent end at `to` contains the end tag of `open_name`
/// or an entry tag, followed by the start of another section.
bool TagSoup::hides_markup(std::size_t from, std::size_t to, std::string_view opener, std::string_view open_name) {
  const std::string_view inside = doc_.substr(from, to - from);
  if (inside.size() > search_budget_) return false;
  search_budget_ -= inside.size();
  // Search for the second character of the opener first: it is rarer in markup than '<'.
  if (inside.find(opener.substr(1)) == kNpos) return false;
  const std::size_t again = inside.rfind(opener);
  if (again == kNpos) return false;
  const std::string_view before = inside.substr(0, again);
  for (const std::string_view tag : {"<item>", "<item ", "<entry>", "<entry ", "</item>", "</entry>"}) {
    if (before.find(tag) != kNpos) return true;
  }
  if (open_name.empty()) return false;
  std::size_t end = before.find("</");
  while (end != kNpos && !before.substr(end + 2).starts_with(open_name)) end = before.find("</", end + 2);
  return end != kNpos && name_end(before, end + 2) == end + 2 + open_name.size();
}

SoupToken TagSoup::doctype() {
  std::size_t at = pos_ + 2;
  int depth = 0;
  while (at < doc_.size() && !seen_doctype_) {
    if (doc_.substr(at).starts_with("<!--")) {
      const std::size_t comment = find(comment_end_, at + 4);
      if (comment == kNpos) break;
      at = comment + 3;
      continue;
    }
    const char c = doc_[at];
    if (c == '[') ++depth;
    if (c == ']') --depth;
    if (c == '>' && depth <= 0) {
      seen_doctype_ = true;
      return skip_to(at + 1);
    }
    const bool in_subset = depth > 0;
    if (c == '<' && (!in_subset || (at + 1 < doc_.size() && starts_name(doc_[at + 1])))) break;
    if (in_subset && (c == '"' || c == '\'')) {
      const std::size_t close = doc_.find(c, at + 1);
      if (close == kNpos) break;
      at = close;
    }
    ++at;
  }
  seen_doctype_ = true;
  damaged_ = true;
  const std::size_t angle = doc_.find('>', pos_);
  return skip_to(angle == kNpos ? doc_.size() : angle + 1);
}

std::size_t TagSoup::find(Mark& mark, std::size_t from) {
  if (!mark.known || (mark.at != kNpos && mark.at < from)) {
    mark.at = doc_.find(mark.mark, from);
    mark.known = true;
  }
  return mark.at;
}

bool SoupAttributes::next() {
  while (pos_ < text_.size() && (is_ascii_space(text_[pos_]) || kNameEnds[static_cast<unsigned char>(text_[pos_])])) {
    ++pos_;
  }
  if (pos_ >= text_.size()) return false;
  const std::size_t end = name_end(text_, pos_);
  name = text_.substr(pos_, end - pos_);
  raw_value = text_.substr(end, 0);
  pos_ = skip_space(text_, end);
  if (pos_ >= text_.size() || text_[pos_] != '=') return true;
  pos_ = skip_space(text_, pos_ + 1);
  if (pos_ >= text_.size()) return true;
  const char quote = text_[pos_];
  if (quote == '"' || quote == '\'') {
    const std::size_t close = std::min(text_.find(quote, pos_ + 1), text_.size());
    raw_value = text_.substr(pos_ + 1, close - pos_ - 1);
    pos_ = std::min(close + 1, text_.size());
    return true;
  }
  const std::size_t start = pos_;
  while (pos_ < text_.size() && !is_ascii_space(text_[pos_])) ++pos_;
  raw_value = text_.substr(start, pos_ - start);
  return true;
}

std::string_view soup_attribute(std::string_view attributes, std::string_view name) {
  SoupAttributes walk(attributes);
  while (walk.next()) {
    if (ascii_iequals(walk.name, name)) return walk.raw_value;
  }
  return {};
}

std::string_view local_name(std::string_view qualified_name) {
  const std::size_t colon = qualified_name.rfind(':');
  return colon == kNpos ? qualified_name : qualified_name.substr(colon + 1);
}

}  // namespace pw::text
