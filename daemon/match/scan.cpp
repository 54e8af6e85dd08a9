#include "match/scan.hpp"

#include "core/text.hpp"
#include "match/refusal.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace pw::match {
namespace {

constexpr std::array<Quote, 4> kQuotes{{{"\"", "\""}, {"“", "”"}, {"„", "“"}, {"«", "»"}}};
constexpr std::array<std::string_view, 5> kSpaces{"\u00a0", "\u202f", "\u3000", "\ufeff", "\u200b"};

}  // namespace

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

const Quote* quote_at(std::string_view text) {
  const auto* found = std::ranges::find_if(kQuotes, [&](const Quote& one) { return text.starts_with(one.open); });
  return found == kQuotes.end() ? nullptr : found;
}

bool Scanner::after_operand() const {
  using Kind = Lexeme::Kind;
  if (out_.empty()) return false;
  const Kind kind = out_.back().kind;
  return kind == Kind::word || kind == Kind::phrase || kind == Kind::exact || kind == Kind::range ||
         kind == Kind::close;
}

void Scanner::skip_space() {
  while (const std::size_t length = space_length(rest())) pos_ += length;
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
  const Quote* quote = quote_at(rest());
  if (quote == nullptr) return false;
  const std::size_t from = pos_ + quote->open.size();
  std::size_t end = query_.find(quote->close, from);
  std::size_t close = quote->close.size();
  // Word processors pair the marks in many ways: the nearest of the closing ones that this opening may have.
  for (const std::string_view other : {"\"", "”", "“"}) {
    if (quote->open == "\"" || quote->open == "«") break;
    const std::size_t at = query_.find(other, from);
    if (at < end) {
      end = at;
      close = other.size();
    }
  }
  if (end == std::string_view::npos) refuse(start, "the quote has no end");
  pos_ = end + close;
  Lexeme& one = add(Lexeme::Kind::phrase, start);
  one.text = std::string(query_.substr(from, end - from));
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
  if (!whole) refuse(at, "^ wants a number from 0 to 10000, the weight of the term, as in Baku^3");
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

}  // namespace pw::match
