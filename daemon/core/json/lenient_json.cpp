#include "core/json/lenient_json.hpp"

#include "core/text.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>
#include <vector>

namespace pw {

namespace {

namespace json = boost::json;

constexpr std::size_t kMaxDepth = 64;
constexpr std::string_view kReplacement = "\\ufffd";

bool is_space(char c) noexcept { return static_cast<unsigned char>(c) <= 0x20; }

/// A character of a name, number or literal without quotes.
bool is_bare(char c) noexcept {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '$' || c == '.' || c == '+' ||
         c == '-' || c == '@';
}

int hex_value(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = ascii_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// The code unit of `digits` hexadecimal digits at `at`, or -1.
int code_unit(std::string_view text, std::size_t at, std::size_t digits) noexcept {
  if (at + digits > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + digits; ++i) {
    const int one = hex_value(text[i]);
    if (one < 0) return -1;
    value = value * 16 + one;
  }
  return value;
}

/// Whether the text is a number by the grammar of RFC 8259, section 6.
bool is_json_number(std::string_view word) {
  const auto digits = [&word] {
    std::size_t count = 0;
    for (; !word.empty() && is_ascii_digit(word.front()); ++count) word.remove_prefix(1);
    return count;
  };
  if (word.starts_with('-')) word.remove_prefix(1);
  const bool zero = word.starts_with('0');
  const std::size_t whole = digits();
  if (whole == 0 || (zero && whole > 1)) return false;
  if (word.starts_with('.')) {
    word.remove_prefix(1);
    if (digits() == 0) return false;
  }
  if (word.starts_with('e') || word.starts_with('E')) {
    word.remove_prefix(1);
    if (word.starts_with('+') || word.starts_with('-')) word.remove_prefix(1);
    if (digits() == 0) return false;
  }
  return word.empty();
}

/// A literal or number as JSON: "null" for what means nothing in JSON, such as undefined; "" for any other word.
std::string scalar_of(std::string_view word) {
  for (const std::string_view literal : {"true", "false", "null"}) {
    if (ascii_iequals(word, literal)) return std::string(literal);
  }
  for (const std::string_view nothing : {"undefined", "none", "nan", "-nan", "infinity", "-infinity"}) {
    if (ascii_iequals(word, nothing)) return "null";
  }
  if (word.starts_with('+')) word.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error == std::errc::result_out_of_range) return "null";
  if (error != std::errc{} || end != word.data() + word.size() || !std::isfinite(value)) return {};
  return is_json_number(word) ? std::string(word) : fmt::format("{}", value);
}

/// Replaces quotes that were escaped throughout, by a template or a second serialiser: the first name of an object
/// shows which. Otherwise empty.
std::string with_plain_quotes(std::string_view text) {
  std::size_t at = text.find('{');
  if (at == std::string_view::npos) return {};
  for (++at; at < text.size() && is_space(text[at]);) ++at;
  static constexpr std::array<std::string_view, 5> kEscaped{"&quot;", "&#34;", "&#034;", "&#x22;", "\\\""};
  const std::string_view rest = text.substr(at);
  const auto* used = std::ranges::find_if(kEscaped, [&](std::string_view one) { return rest.starts_with(one); });
  if (used == kEscaped.end()) return {};
  std::string out;
  out.reserve(text.size());
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t found = std::min(text.find(*used, from), text.size());
    out += text.substr(from, found - from);
    if (found < text.size()) out += '"';
    from = found + used->size();
  }
  return out;
}

/// Copies values one after the other. Words and strings outside all brackets are no values: "var data = {...}". Each
/// method leaves `out_` so that the brackets in `open_` make it well-formed.
class Repair {
 public:
  Repair(std::string_view text, std::size_t max_depth) : text_(text), max_depth_(max_depth) {
    out_.reserve(text.size() + 2);
    out_ += '[';
    open_.push_back({});
  }

  std::string run() {
    while (at_ < text_.size()) step();
    while (!open_.empty()) close_last();
    return std::move(out_);
  }

 private:
  struct Bracket {
    bool object = false;
    bool filled = false;  ///< it has a member
    bool named = false;   ///< of an object: a name has been written, its value has not
  };

  void step() {
    const char c = text_[at_];
    if (c == '{' || c == '[') {
      ++at_;
      open(c == '{');
    } else if (c == '}' || c == ']') {
      ++at_;
      close(c == '}');
    } else if (c == '"' || c == '\'') {
      string(c);
    } else if (text_.substr(at_).starts_with("<!")) {
      skip_mark();
    } else if (c == '/') {
      comment();
    } else if (is_bare(c)) {
      bare();
    } else {
      ++at_;
    }
  }

  Bracket& last() { return open_.back(); }
  [[nodiscard]] bool at_name() const { return open_.back().object && !open_.back().named; }

  void begin_member() {
    if (std::exchange(last().filled, true)) out_ += ',';
  }
  void begin_value() {
    if (at_name()) {
      begin_member();
      out_ += "\"\":";  // a value without a name
    } else if (!last().object) {
      begin_member();
    }
    last().named = false;
  }
  void write_value(std::string_view value) {
    if (deep_ > 0) return;
    begin_value();
    out_ += value;
  }
  void write_name(std::string_view quoted) {
    if (deep_ > 0) return;
    if (last().named) out_ += "null";
    begin_member();
    out_ += quoted;
    out_ += ':';
    last().named = true;
  }

  void open(bool object) {
    if (deep_ > 0 || open_.size() > max_depth_) {
      if (deep_++ == 0) {
        begin_value();
        out_ += "null";
      }
      return;
    }
    begin_value();
    out_ += object ? '{' : '[';
    open_.push_back({object, false, false});
  }

  /// A bracket of the other kind ends what was left open inside; one without a beginning is surplus.
  void close(bool object) {
    if (deep_ > 0) {
      --deep_;
      return;
    }
    std::size_t at = open_.size() - 1;
    while (at > 0 && open_[at].object != object) --at;
    if (at == 0) return;
    // In {"a": [1}, "b": 2} the bracket is of the wrong kind.
    const bool wrong_kind = object && at + 1 < open_.size() && !open_[at - 1].object && has_name_next();
    if (wrong_kind) at = open_.size() - 1;
    while (open_.size() > at) close_last();
  }
  /// True if a comma and the name of another member follow.
  [[nodiscard]] bool has_name_next() const {
    std::size_t next = behind_space(at_);
    if (next >= text_.size() || text_[next] != ',') return false;
    next = behind_space(next + 1);
    return next < text_.size() && text_[next] == '"' && is_name(next);
  }
  void close_last() {
    if (last().named) out_ += "null";
    out_ += last().object ? '}' : ']';
    open_.pop_back();
  }

  void string(char quote) {
    const bool name = deep_ == 0 && open_.back().object && (!open_.back().named || is_name(at_));
    const std::string quoted = read_string(quote, name);
    if (name) {
      write_name(quoted);
    } else if (open_.size() > 1) {
      write_value(quoted);
    }
  }

  std::string read_string(char quote, bool name) {
    std::string out = "\"";
    for (++at_; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == quote && ends_string(at_ + 1, name)) {
        ++at_;
        break;
      }
      if (c == '\\') {
        escape(out);
      } else {
        add(out, c);
      }
    }
    out += '"';
    return out;
  }

  static void add(std::string& out, char c) {
    if (c == '"') {
      out += "\\\"";
    } else if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += ' ';
    } else {
      out += c;
    }
  }

  /// At a backslash; stops at the last character that belongs to it.
  void escape(std::string& out) {
    if (at_ + 1 >= text_.size()) return;
    const char c = text_[++at_];
    if (c == 'u') {
      unicode(out);
    } else if (const int unit = c == 'x' ? code_unit(text_, at_ + 1, 2) : -1; unit >= 0) {
      out += fmt::format("\\u{:04x}", unit);
      at_ += 2;
    } else if (std::string_view("\"\\/bfnrt").find(c) != std::string_view::npos) {
      out += '\\';
      out += c;
    } else if (c != '\n') {
      add(out, c);
    }
  }

  void unicode(std::string& out) {
    const int unit = code_unit(text_, at_ + 1, 4);
    if (unit < 0) {
      out += 'u';
      return;
    }
    at_ += 4;
    const bool high = unit >= 0xD800 && unit <= 0xDBFF;
    if (!high) {
      out += unit >= 0xDC00 && unit <= 0xDFFF ? std::string(kReplacement) : fmt::format("\\u{:04x}", unit);
      return;
    }
    const bool escaped = text_.substr(at_ + 1).starts_with("\\u");
    const int low = escaped ? code_unit(text_, at_ + 3, 4) : -1;
    if (low < 0xDC00 || low > 0xDFFF) {
      out += kReplacement;
      return;
    }
    out += fmt::format("\\u{:04x}\\u{:04x}", unit, low);
    at_ += 6;
  }

  [[nodiscard]] std::size_t behind_space(std::size_t at) const {
    while (at < text_.size() && is_space(text_[at])) ++at;
    return at;
  }
  [[nodiscard]] bool is_quote(std::size_t at) const { return text_[at] == '"' || text_[at] == '\''; }

  [[nodiscard]] bool is_comment(std::size_t at) const {
    const std::string_view mark = text_.substr(at, 2);
    return mark == "//" || mark == "/*";
  }

  /// True if a short string and a colon are at `at`.
  [[nodiscard]] bool is_name(std::size_t at) const {
    constexpr std::size_t kLongestName = 64;
    const std::size_t end = text_.substr(0, std::min(at + kLongestName, text_.size())).find(text_[at], at + 1);
    if (end == std::string_view::npos) return false;
    const std::size_t next = behind_space(end + 1);
    return next < text_.size() && text_[next] == ':';
  }

  /// Whether the quote before `at` ends its string, by what follows; otherwise it was to be escaped.
  [[nodiscard]] bool ends_string(std::size_t at, bool name) const {
    at = behind_space(at);
    if (name || at >= text_.size()) return true;
    const bool object = open_.back().object;
    switch (text_[at]) {
      case '}':
      case ']':
      case ':': return true;
      case ',':
        at = behind_space(at + 1);
        if (at >= text_.size() || text_[at] == '}' || text_[at] == ']' || is_quote(at) || is_comment(at)) return true;
        return object ? is_bare_name(at) : text_[at] == '{' || text_[at] == '[' || is_literal(at);
      case '"':
      case '\'': return !object || is_name(at);  // a comma is missing
      case '{':
      case '[': return !object;
      case '/': return is_comment(at);
      default: return false;
    }
  }

  [[nodiscard]] std::size_t bare_end(std::size_t at) const {
    while (at < text_.size() && is_bare(text_[at])) ++at;
    return at;
  }
  [[nodiscard]] bool is_bare_name(std::size_t at) const {
    const std::size_t end = bare_end(at);
    const std::size_t next = behind_space(end);
    return end > at && next < text_.size() && text_[next] == ':';
  }
  [[nodiscard]] bool is_literal(std::size_t at) const {
    return !scalar_of(text_.substr(at, bare_end(at) - at)).empty();
  }

  void bare() {
    const std::size_t begin = at_;
    at_ = bare_end(at_);
    const std::string_view word = text_.substr(begin, at_ - begin);
    if (deep_ > 0) return;
    if (at_name()) {
      const std::size_t next = behind_space(at_);
      if (next < text_.size() && text_[next] == ':') write_name('"' + std::string(word) + '"');
      return;
    }
    const std::string value = scalar_of(word);
    if (open_.size() == 1) return;
    if (!value.empty()) return write_value(value);
    write_value("null");
    at_ = std::min(text_.find_first_of(",}]\n", at_), text_.size());
  }

  void comment() {
    if (text_.substr(at_).starts_with("/*")) {
      const std::size_t end = text_.find("*/", at_ + 2);
      at_ = end == std::string_view::npos ? at_ + 2 : end + 2;
    } else if (text_.substr(at_).starts_with("//") && !text_.substr(at_).starts_with("//<!")) {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else {
      ++at_;
    }
  }

  /// "<!--" or "<![CDATA[".
  void skip_mark() {
    constexpr std::string_view kCdata = "<![CDATA[";
    at_ += text_.substr(at_).starts_with(kCdata) ? kCdata.size() : 2;
  }

  std::string_view text_;
  std::size_t max_depth_;
  std::size_t at_ = 0;
  std::string out_;
  std::vector<Bracket> open_;  ///< the first is the array around everything
  std::size_t deep_ = 0;       ///< open brackets beyond max_depth_
};

}  // namespace

std::string repair_json(std::string_view text, std::size_t max_depth) {
  const std::string plain = with_plain_quotes(text);
  return Repair(plain.empty() ? text : plain, max_depth).run();
}

json::array parse_lenient_json(std::string_view text, bool* damaged) {
  json::parse_options options;
  options.allow_comments = true;
  options.allow_trailing_commas = true;
  options.allow_invalid_utf8 = true;
  options.max_depth = kMaxDepth + 1;
  boost::system::error_code error;
  json::value value = json::parse(json::string_view(text.data(), text.size()), error, {}, options);
  if (damaged != nullptr) *damaged = error.failed();
  if (!error) return json::array{std::move(value)};
  value = json::parse(repair_json(text, kMaxDepth), error, {}, options);
  return error ? json::array{} : std::move(value.as_array());
}

}  // namespace pw
