#include "text/date/date_tokens.hpp"

#include "core/text.hpp"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include <algorithm>
#include <array>

namespace pw::text::date {
namespace {

bool dropped(char32_t c) {
  return (c >= 0x300 && c <= 0x36F) || (c >= 0x653 && c <= 0x655) || c == 0x200E || c == 0x200F || c == 0x200C;
}

char32_t plain(char32_t c) {
  switch (c) {
    case 0x131: return 'i';
    case 0x142: return 'l';
    case 0x111: return 'd';
    case 0x2018:
    case 0x2019:
    case 0x2BC: return '\'';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212: return '-';
    default: return c;
  }
}

void append_folded(std::string& out, char32_t c) {
  if (dropped(c)) return;
  const auto point = static_cast<UChar32>(c);
  if (u_isUWhiteSpace(point)) {
    out += ' ';
  } else if (const int digit = u_charDigitValue(point); digit >= 0) {
    out += static_cast<char>('0' + digit);
  } else {
    append_utf8(out, plain(static_cast<char32_t>(u_foldCase(point, U_FOLD_CASE_DEFAULT))));
  }
}

bool is_han(char32_t c) { return c >= 0x4E00 && c <= 0x9FFF; }

bool is_word(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  if (c == 0xFFFD) return false;
  const auto mask = U_GC_L_MASK | U_GC_M_MASK;
  return (U_MASK(u_charType(static_cast<UChar32>(c))) & mask) != 0;
}

constexpr std::array<std::string_view, 12> kHanPairs{"上午", "下午", "午前", "午後", "午后", "凌晨",
                                                     "早上", "晚上", "中午", "晚間", "晚间", "傍晚"};

std::size_t word_end(std::string_view text, std::size_t start) {
  std::size_t pos = start;
  const char32_t first = next_code_point(text, pos);
  if (is_han(first)) {
    const auto pair = text.substr(start, 6);
    return std::ranges::find(kHanPairs, pair) != kHanPairs.end() ? start + 6 : pos;
  }
  while (pos < text.size()) {
    std::size_t next = pos;
    const char32_t c = next_code_point(text, next);
    if (!is_word(c) || is_han(c)) break;
    pos = next;
  }
  return pos;
}

}  // namespace

std::string fold(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* nfkd = unorm2_getNFKDInstance(&status);
  std::string out;
  out.reserve(text.size());
  for (std::size_t pos = 0; pos < text.size();) {
    const char32_t c = next_code_point(text, pos);
    if (c < 0x80) {
      out += c < 0x20 ? ' ' : ascii_lower(static_cast<char>(c));
      continue;
    }
    std::array<UChar, 32> parts{};
    status = U_ZERO_ERROR;
    const int32_t length =
        U_FAILURE(status) ? -1 : unorm2_getDecomposition(nfkd, static_cast<UChar32>(c), parts.data(), 32, &status);
    if (length < 0 || U_FAILURE(status)) {
      append_folded(out, c);
      continue;
    }
    for (int32_t i = 0; i < length;) {
      UChar32 part = 0;
      U16_NEXT(parts.data(), i, length, part);
      append_folded(out, static_cast<char32_t>(part));
    }
  }
  return out;
}

namespace {

bool single_letter(const Token& token) {
  if (token.kind != Kind::word) return false;
  std::size_t pos = 0;
  next_code_point(token.text, pos);
  return pos == token.text.size();
}

/// Treats "a.m" as one word: joins the last token to the two before it.
void join_initials(std::vector<Token>& tokens) {
  const std::size_t n = tokens.size();
  if (n < 3 || !single_letter(tokens[n - 1]) || !single_letter(tokens[n - 3]) || !tokens[n - 2].is(".")) return;
  if (tokens[n - 1].space_before || tokens[n - 2].space_before) return;
  tokens[n - 3].text += tokens[n - 1].text;
  tokens.resize(n - 2);
}

}  // namespace

std::vector<Token> tokenize(std::string_view text) {
  std::vector<Token> tokens;
  bool space = false;
  for (std::size_t pos = 0; pos < text.size();) {
    const std::size_t start = pos;
    if (is_ascii_space(text[pos])) {
      space = true;
      ++pos;
      continue;
    }
    Token token;
    token.space_before = space;
    space = false;
    if (is_ascii_digit(text[pos])) {
      while (pos < text.size() && is_ascii_digit(text[pos])) ++pos;
      token.kind = Kind::number;
      token.value = pos - start > 18 ? -1 : 0;
      for (std::size_t i = start; i < pos && token.value >= 0; ++i) token.value = token.value * 10 + (text[i] - '0');
    } else {
      const char32_t c = next_code_point(text, pos);
      if (is_word(c)) {
        token.kind = Kind::word;
        pos = word_end(text, start);
      }
    }
    token.text = std::string{text.substr(start, pos - start)};
    tokens.push_back(std::move(token));
    join_initials(tokens);
  }
  return tokens;
}

}  // namespace pw::text::date
