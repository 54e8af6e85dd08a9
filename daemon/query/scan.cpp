#include "query/scan.hpp"

#include "core/text.hpp"
#include "query/gershayim.hpp"
#include "query/refusal.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace pw::query {
namespace {

constexpr std::array<Quote, 6> kQuotes{{{"\"", "\""}, {"“", "”"}, {"„", "“"}, {"”", "”"}, {"«", "»"}, {"»", "«"}}};
constexpr std::array<std::string_view, 5> kSpaces{"\u00a0", "\u202f", "\u3000", "\ufeff", "\u200b"};

/// Directional marks, the word joiner, and directional embeddings and isolates.
constexpr std::array<std::string_view, 13> kInvisible{"\u200e", "\u200f", "\u061c", "\u2060", "\u202a",
                                                      "\u202b", "\u202c", "\u202d", "\u202e", "\u2066",
                                                      "\u2067", "\u2068", "\u2069"};
constexpr std::array<std::string_view, 6> kMinuses{"-", "–", "—", "−", "‑", "－"};

template <std::size_t N>
std::size_t length_of_one(const std::array<std::string_view, N>& marks, std::string_view text) {
  const auto found = std::ranges::find_if(marks, [&](std::string_view one) { return text.starts_with(one); });
  return found == marks.end() ? 0 : found->size();
}

bool is_hebrew_letter(std::string_view two) { return two.size() == 2 && two >= "א" && two <= "ת"; }

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_beyond_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80U; }

/// Length in bytes of the leading letters, digits, "_", "-" and ".", or 0 if there is no letter among them.
std::size_t name_length(std::string_view text) {
  std::size_t end = 0;
  bool has_letter = false;
  for (; end < text.size(); ++end) {
    const char c = text[end];
    const bool letter = is_ascii_letter(c) || is_beyond_ascii(c);
    const bool other = (c >= '0' && c <= '9') || c == '_' || ((c == '-' || c == '.') && end > 0);
    if ((!letter && !other) || space_length(text.substr(end)) > 0) break;
    has_letter = has_letter || letter;
  }
  return has_letter ? end : 0;
}

}  // namespace

bool is_gershayim(std::string_view text, std::size_t at) {
  return text[at] == '"' && at >= 2 && is_hebrew_letter(text.substr(at - 2, 2)) &&
         is_hebrew_letter(text.substr(at + 1, 2));
}

std::size_t invisible_length(std::string_view text) { return length_of_one(kInvisible, text); }

std::string_view without_invisible_end(std::string_view word) {
  for (std::size_t i = 0; i < kInvisible.size(); ++i) {
    if (!word.ends_with(kInvisible[i])) continue;
    word.remove_suffix(kInvisible[i].size());
    return without_invisible_end(word);
  }
  return word;
}

std::size_t minus_length(std::string_view text) { return length_of_one(kMinuses, text); }

std::size_t field_length(std::string_view text) {
  const std::size_t end = name_length(text);
  if (end == 0 || end + 1 >= text.size() || text[end] != ':') return 0;
  const std::string_view value = text.substr(end + 1);
  return value.front() == ')' || value.starts_with("//") || space_length(value) > 0 ? 0 : end;
}

std::size_t compared_length(std::string_view text) {
  const std::size_t end = name_length(text);
  constexpr std::string_view kMarks = "=<>";
  return end > 0 && end < text.size() && kMarks.find(text[end]) != std::string_view::npos ? end : 0;
}

std::size_t space_length(std::string_view text) {
  if (text.empty()) return 0;
  if (is_ascii_space(text.front())) return 1;
  const auto found = std::ranges::find_if(kSpaces, [&](std::string_view one) { return text.starts_with(one); });
  return found == kSpaces.end() ? 0 : found->size();
}

std::optional<std::uint32_t> number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value > kMaxNumber) return std::nullopt;
  return value;
}

const Quote* quote_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  const auto* found = std::ranges::find_if(kQuotes, [&](const Quote& one) { return rest.starts_with(one.open); });
  return found == kQuotes.end() || is_gershayim(text, at) ? nullptr : found;
}

std::optional<Closing> closing_of(const Quote& quote, std::string_view text, std::size_t from) {
  const bool straight = quote.open == "\"";
  const bool angular = quote.open == "«" || quote.open == "»";
  for (std::size_t at = from; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with(quote.close) && !is_gershayim(text, at)) return Closing{at, quote.close.size()};
    if (straight || quote.open == "«") continue;
    if (angular && rest.starts_with("»")) return Closing{at, std::string_view("»").size()};
    for (const std::string_view other : {"\"", "”", "“"}) {
      if (!angular && rest.starts_with(other) && !is_gershayim(text, at)) return Closing{at, other.size()};
    }
  }
  return std::nullopt;
}

bool Scanner::after_operand() const {
  using Kind = Lexeme::Kind;
  if (out_.empty()) return false;
  const Kind kind = out_.back().kind;
  return kind == Kind::word || kind == Kind::phrase || kind == Kind::exact || kind == Kind::range ||
         kind == Kind::close;
}

void Scanner::skip_space() {
  while (const std::size_t length = space_length(rest()) + invisible_length(rest())) pos_ += length;
}

Lexeme& Scanner::add(Lexeme::Kind kind, std::size_t offset) {
  Lexeme one;
  one.kind = kind;
  one.offset = offset;
  one.end = pos_;
  out_.push_back(std::move(one));
  return out_.back();
}

bool Scanner::read_quoted(std::size_t start, std::string field) {
  const Quote* quote = quote_at(query_, pos_);
  if (quote == nullptr) return false;
  const std::size_t from = pos_ + quote->open.size();
  const auto close = closing_of(*quote, query_, from);
  if (!close) refuse(start, "missing closing quote");
  pos_ = close->at + close->length;
  Lexeme& one = add(Lexeme::Kind::phrase, start);
  one.text = std::string(query_.substr(from, close->at - from));
  one.field = std::move(field);
  return true;
}

std::string_view Scanner::read_digits() {
  const std::size_t from = pos_;
  while (!done() && query_[pos_] >= '0' && query_[pos_] <= '9') ++pos_;
  return query_.substr(from, pos_ - from);
}

void Scanner::read_weight(Lexeme& one) {
  if (peek() != '^') return;
  const std::size_t at = pos_++;
  const auto whole = number(read_digits());
  if (!whole) refuse(at, "^ needs a number from 0 to 10000, the weight of the term, as in Baku^3");
  one.weight = *whole;
  if (peek() == '.' && rest().size() > 1 && rest()[1] >= '0' && rest()[1] <= '9') {
    ++pos_;
    const std::string_view digits = read_digits().substr(0, 4);
    double unit = 1;
    for (const char digit : digits) one.weight += (unit /= 10) * (digit - '0');
  }
  one.end = pos_;
}

std::vector<Lexeme> Scanner::finish() {
  pos_ = query_.size();
  add(Lexeme::Kind::end, pos_);
  return std::move(out_);
}

}  // namespace pw::query
