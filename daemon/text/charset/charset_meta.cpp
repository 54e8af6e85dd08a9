#include "text/charset/charset_meta.hpp"

#include "core/text.hpp"
#include "text/charset/charset.hpp"

#include <algorithm>
#include <utility>

namespace pw::text {
namespace {

constexpr std::string_view kSpaces = " \t\n\f\r";
constexpr std::size_t kPrescanBytes = 1024;

bool is_space(char c) { return kSpaces.find(c) != std::string_view::npos; }

class Prescan {
 public:
  explicit Prescan(std::string_view html) : html_(html) {}

  std::string run() {
    while ((pos_ = html_.find('<', pos_)) < html_.size()) {
      const std::string_view rest = html_.substr(pos_);
      if (rest.starts_with("<!--")) {
        skip_past("-->", pos_ + 2);
      } else if (names(rest, "<meta") && rest.size() > 5 && (is_space(rest[5]) || rest[5] == '/')) {
        pos_ += 5;
        meta();
        if (!found_.empty()) break;
      } else if (rest.size() > 1 &&
                 (is_ascii_letter(rest[1]) || (rest[1] == '/' && rest.size() > 2 && is_ascii_letter(rest[2])))) {
        tag(rest);
      } else if (rest.size() > 1 && (rest[1] == '!' || rest[1] == '/' || rest[1] == '?')) {
        skip_past(">", pos_);
      } else {
        ++pos_;
      }
    }
    return std::move(found_);
  }

 private:
  struct Attribute {
    std::string_view name;
    std::string_view value;
  };

  static bool names(std::string_view text, std::string_view start) {
    return ascii_iequals(text.substr(0, start.size()), start);
  }

  void skip_past(std::string_view end, std::size_t from) {
    const std::size_t found = html_.find(end, from);
    pos_ = found == std::string_view::npos ? html_.size() : found + end.size();
  }

  void tag(std::string_view rest) {
    const bool late = pos_ >= kPrescanBytes;
    pos_ = std::min(html_.find_first_of(" \t\n\f\r>", pos_), html_.size());
    Attribute unused;
    while (attribute(unused)) {
    }
    if (!late) return;
    if (names(rest, "<script")) skip_body("</script");
    if (names(rest, "<style")) skip_body("</style");
  }

  void skip_body(std::string_view end) {
    while ((pos_ = html_.find("</", pos_)) < html_.size() && !names(html_.substr(pos_), end)) pos_ += 2;
  }

  void meta() {
    bool pragma = false;
    bool needs_pragma = false;
    bool seen_charset = false;
    bool seen_content = false;
    std::string label;
    Attribute next;
    while (attribute(next)) {
      if (ascii_iequals(next.name, "http-equiv")) {
        pragma = pragma || ascii_iequals(next.value, "content-type");
      } else if (ascii_iequals(next.name, "content") && !seen_content) {
        seen_content = true;
        const std::string found = encoding_for_label(charset_in_content(next.value));
        if (label.empty() && !seen_charset && !found.empty()) {
          label = found;
          needs_pragma = true;
        }
      } else if (ascii_iequals(next.name, "charset") && !seen_charset) {
        seen_charset = true;
        label = encoding_for_label(next.value);
        needs_pragma = false;
      }
    }
    // A tag truncated by the end of the document declares nothing.
    if (pos_ >= html_.size() && !html_.ends_with('>')) return;
    if (needs_pragma && !pragma) return;
    found_ = label;
    if (label.starts_with("UTF-16")) found_ = "UTF-8";
    if (label == "x-user-defined") found_ = "windows-1252";
  }

  /// Reads the next attribute of the tag. Returns false at the end of the tag, with pos_ after the ">".
  bool attribute(Attribute& out) {
    while (pos_ < html_.size() && (is_space(html_[pos_]) || html_[pos_] == '/')) ++pos_;
    if (pos_ >= html_.size()) return false;
    if (html_[pos_] == '>') {
      ++pos_;
      return false;
    }
    const std::size_t start = pos_;
    // A leading equals sign is part of the name.
    pos_ = std::min(html_.find_first_of("= \t\n\f\r/>", pos_ + 1), html_.size());
    out = {html_.substr(start, pos_ - start), {}};
    const std::size_t equals = html_.find_first_not_of(kSpaces, pos_);
    if (equals == std::string_view::npos || html_[equals] != '=') return true;
    pos_ = std::min(html_.find_first_not_of(kSpaces, equals + 1), html_.size());
    if (pos_ < html_.size()) out.value = value();
    return true;
  }

  std::string_view value() {
    const char quote = html_[pos_];
    const bool quoted = quote == '"' || quote == '\'';
    if (quoted) ++pos_;
    const std::size_t end = quoted ? html_.find(quote, pos_) : html_.find_first_of(" \t\n\f\r>", pos_);
    const std::string_view out = html_.substr(pos_, end - pos_);
    pos_ = end == std::string_view::npos ? html_.size() : end + (quoted ? 1 : 0);
    return out;
  }

  std::string_view html_;
  std::size_t pos_ = 0;
  std::string found_;
};

}  // namespace

std::string_view charset_in_content(std::string_view content) {
  for (std::size_t pos = 0; pos + 7 < content.size(); ++pos) {
    if (!ascii_iequals(content.substr(pos, 7), "charset")) continue;
    pos = content.find_first_not_of(kSpaces, pos + 7);
    if (pos == std::string_view::npos) return {};
    if (content[pos] != '=') {
      --pos;
      continue;
    }
    pos = content.find_first_not_of(kSpaces, pos + 1);
    if (pos == std::string_view::npos) return {};
    const char quote = content[pos];
    if (quote != '"' && quote != '\'') {
      const std::string_view rest = content.substr(pos);
      return rest.substr(0, rest.find_first_of(" \t\n\f\r;"));
    }
    const std::size_t end = content.find(quote, pos + 1);
    return end == std::string_view::npos ? std::string_view() : content.substr(pos + 1, end - pos - 1);
  }
  return {};
}

std::string meta_encoding(std::string_view html) { return Prescan(html).run(); }

}  // namespace pw::text
