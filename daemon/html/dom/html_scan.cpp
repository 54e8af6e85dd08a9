#include "html/dom/html_scan.hpp"

#include "core/text.hpp"

#include <algorithm>

namespace pw::html {
namespace {

constexpr std::size_t kMaxName = 64;

}  // namespace

HtmlScanner::Token HtmlScanner::next() {
  while (pos_ < source_.size()) {
    if (source_[pos_] != '<') {
      const std::size_t end = std::min(source_.find('<', pos_), source_.size());
      text_ = source_.substr(pos_, end - pos_);
      pos_ = end;
      return Token::text;
    }
    const char after = pos_ + 1 < source_.size() ? source_[pos_ + 1] : ' ';
    const char third = pos_ + 2 < source_.size() ? source_[pos_ + 2] : ' ';
    if (is_ascii_letter(after) || (after == '/' && is_ascii_letter(third))) {
      if (read_tag()) return Token::tag;
      break;
    }
    if (after == '!' || after == '?' || after == '/') {
      skip_declaration();
      continue;
    }
    text_ = source_.substr(pos_++, 1);
    return Token::text;
  }
  pos_ = source_.size();
  return Token::end;
}

void HtmlScanner::skip_declaration() {
  const auto rest = source_.substr(pos_);
  std::size_t end = std::string_view::npos;
  std::size_t width = 1;
  if (rest.starts_with("<!-->") || rest.starts_with("<!--->")) {
    end = rest.find('>');
  } else if (rest.starts_with("<!--")) {
    for (std::size_t at = rest.find("--", 4); at != std::string_view::npos; at = rest.find("--", at + 1)) {
      width = rest.substr(at).starts_with("-->") ? 3 : rest.substr(at).starts_with("--!>") ? 4 : 0;
      if (width == 0) continue;
      end = at;
      break;
    }
  } else {
    end = rest.find('>');
  }
  pos_ = end == std::string_view::npos ? source_.size() : pos_ + end + width;
}

void HtmlScanner::skip_space() {
  while (pos_ < source_.size() && (is_ascii_space(source_[pos_]) || source_[pos_] == '/')) ++pos_;
}

bool HtmlScanner::read_tag() {
  ++pos_;
  tag_.closing = source_[pos_] == '/';
  if (tag_.closing) ++pos_;
  const std::size_t start = pos_;
  while (pos_ < source_.size() && !is_ascii_space(source_[pos_]) && source_[pos_] != '/' && source_[pos_] != '>')
    ++pos_;
  tag_.name.clear();
  for (const char c : source_.substr(start, std::min(pos_ - start, kMaxName)))
    tag_.name.push_back(is_ascii_letter(c) ? ascii_lower(c) : (c > ' ' && c < 0x7F && c != '<' && c != '&') ? c : '-');
  tag_.tag = tag_of(tag_.name);
  tag_.attributes.clear();
  for (skip_space(); pos_ < source_.size(); skip_space()) {
    if (source_[pos_] == '>') {
      ++pos_;
      return true;
    }
    if (!read_attribute()) return false;
  }
  return false;
}

bool HtmlScanner::read_attribute() {
  const auto is_end = [](char c) { return is_ascii_space(c) || c == '/' || c == '>'; };
  const std::size_t start = pos_++;
  while (pos_ < source_.size() && !is_end(source_[pos_]) && source_[pos_] != '=') ++pos_;
  Attribute attribute{source_.substr(start, pos_ - start), {}};
  std::size_t at = pos_;
  while (at < source_.size() && is_ascii_space(source_[at])) ++at;
  if (at < source_.size() && source_[at] == '=') {
    pos_ = at + 1;
    while (pos_ < source_.size() && is_ascii_space(source_[pos_])) ++pos_;
    if (pos_ >= source_.size()) return false;
    const char quote = source_[pos_];
    if (quote == '"' || quote == '\'') {
      const std::size_t end = source_.find(quote, pos_ + 1);
      if (end == std::string_view::npos) return false;
      attribute.value = source_.substr(pos_ + 1, end - pos_ - 1);
      pos_ = end + 1;
    } else {
      const std::size_t first = pos_;
      while (pos_ < source_.size() && !is_ascii_space(source_[pos_]) && source_[pos_] != '>') ++pos_;
      attribute.value = source_.substr(first, pos_ - first);
    }
  }
  if (tag_.attributes.size() < max_attributes_) tag_.attributes.push_back(attribute);
  return true;
}

bool HtmlScanner::skip_content(Tag tag, std::string_view& content) {
  bool& none = no_end_[static_cast<std::size_t>(tag)];
  if (none) return false;
  const std::string_view name = tag_name(tag);
  for (std::size_t at = source_.find("</", pos_); at != std::string_view::npos; at = source_.find("</", at + 2)) {
    const std::size_t behind = at + 2 + name.size();
    if (!ascii_iequals(source_.substr(at + 2, name.size()), name)) continue;
    if (behind < source_.size() && !is_ascii_space(source_[behind]) && source_[behind] != '>' && source_[behind] != '/')
      continue;
    content = source_.substr(pos_, at - pos_);
    const std::size_t close = source_.find('>', at);
    pos_ = close == std::string_view::npos ? source_.size() : close + 1;
    return true;
  }
  none = true;
  return false;
}

}  // namespace pw::html
