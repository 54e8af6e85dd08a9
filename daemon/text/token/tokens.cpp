#include "text/token/tokens.hpp"

#include "core/text.hpp"

#include <algorithm>

namespace pw::text {
namespace {

constexpr bool is_conjoining_jamo(char32_t c) { return c >= 0x1160 && c <= 0x11FF; }

/// Hyphens, dashes, quotation marks and the ellipsis, but not the apostrophe: the most common non-ASCII characters.
bool is_general_punctuation(std::string_view text, std::size_t pos) {
  if (pos + 2 >= text.size() || text[pos] != '\xE2' || text[pos + 1] != '\x80') return false;
  const auto last = static_cast<unsigned char>(text[pos + 2]);
  return last >= 0x90 && last <= 0xA6 && last != 0x99;
}

constexpr bool is_ascii_word(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

constexpr std::size_t kMaxText = std::size_t{256} << 20U;

}  // namespace

void Tokens::grow(std::size_t bytes) { folded_.resize(std::max(2 * folded_.size(), used_ + bytes + kSlack)); }

void Tokens::write(char32_t c) {
  reserve(4);
  const auto put = [this](char32_t byte) { folded_[used_++] = static_cast<char>(byte); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0U | c >> 6U);
    put(0x80U | (c & 0x3FU));
  } else if (c < 0x10000) {
    put(0xE0U | c >> 12U);
    put(0x80U | (c >> 6U & 0x3FU));
    put(0x80U | (c & 0x3FU));
  } else {
    put(0xF0U | c >> 18U);
    put(0x80U | (c >> 12U & 0x3FU));
    put(0x80U | (c >> 6U & 0x3FU));
    put(0x80U | (c & 0x3FU));
  }
}

void Tokens::open_token(std::uint32_t begin) {
  const auto at = static_cast<std::uint32_t>(used_);
  tokens_.push_back({at, at, begin, begin});
}

void Tokens::separate() {
  if (possessive_ == Possessive::s) {
    used_ = tokens_.back().text_begin;
    tokens_.pop_back();
  }
  possessive_ = Possessive::none;
  run_ = CharKind::separator;
}

/// Merges kana voicing marks and conjoining jamo with the preceding character.
bool Tokens::join(char32_t c, std::uint32_t end) {
  std::size_t at = used_;
  do {
    --at;
  } while ((static_cast<unsigned char>(folded_[at]) & 0xC0U) == 0x80U);
  std::size_t pos = 0;
  const char32_t joined = compose(next_code_point(std::string_view(folded_).substr(at, used_ - at), pos), c);
  if (joined == 0) return false;
  used_ = at;
  write(joined);
  tokens_.back().text_end = static_cast<std::uint32_t>(used_);
  tokens_.back().end = end;
  return true;
}

void Tokens::take_letter(char32_t c, CharKind kind, std::uint32_t begin, std::uint32_t end) {
  const bool open = run_ != CharKind::separator;
  const bool mark = kind == CharKind::mark;
  if (open && (mark || is_conjoining_jamo(c)) && join(c, end)) return;
  const bool may_be_possessive = possessive_ == Possessive::apostrophe && c == U's';
  possessive_ = may_be_possessive ? Possessive::s : Possessive::none;
  if (!open || (!mark && (kind != run_ || kind == CharKind::single))) open_token(begin);
  if (!mark || !open) run_ = mark ? CharKind::word : kind;
  write(c);
  tokens_.back().text_end = static_cast<std::uint32_t>(used_);
  tokens_.back().end = end;
}

void Tokens::take(char32_t c, CharKind kind, std::uint32_t begin, std::uint32_t end) {
  if (kind == CharKind::separator) {
    separate();
  } else if (kind == CharKind::apostrophe) {
    const bool behind_token = run_ != CharKind::separator && possessive_ != Possessive::s;
    separate();
    if (behind_token) possessive_ = Possessive::apostrophe;
  } else {
    take_letter(c, kind, begin, end);
  }
}

/// Processes, character by character, a run that contains non-ASCII letters or apostrophes.
void Tokens::read_mixed(std::string_view text, std::size_t pos, std::size_t end) {
  while (pos < end) {
    const auto begin = static_cast<std::uint32_t>(pos);
    const char c = folded_[pos];
    if (is_ascii_word(c)) {
      take_letter(static_cast<char32_t>(c), CharKind::word, begin, begin + 1);
      ++pos;
    } else if (c == '\'') {
      take(U'\'', CharKind::apostrophe, begin, begin + 1);
      ++pos;
    } else if (is_general_punctuation(text, pos)) {
      separate();
      pos += 3;
    } else {
      const char32_t one = next_code_point(text, pos);
      for (const FoldedChar& part : fold(one)) take(part.c, part.kind, begin, static_cast<std::uint32_t>(pos));
    }
  }
  separate();
}

void Tokens::read(std::string_view text) {
  text = text.substr(0, kMaxText);
  tokens_.clear();
  run_ = CharKind::separator;
  possessive_ = Possessive::none;
  used_ = 0;
  reserve(text.size() + AsciiMap::kBlock);
  map_.read(text, folded_.data());
  used_ = text.size();
  tokens_.reserve(map_.runs().size());
  const std::uint32_t* special = map_.specials();
  for (const auto& [begin, end] : map_.runs()) {
    if (*special >= end) {
      tokens_.push_back({begin, end, begin, end});
      continue;
    }
    read_mixed(text, begin, end);
    while (*special < end) ++special;
  }
}

}  // namespace pw::text
