#include "match/tokens.hpp"

#include "core/text.hpp"

namespace pw::match {
namespace {

constexpr bool is_token_char(CharKind kind) { return kind != CharKind::separator && kind != CharKind::apostrophe; }

constexpr bool is_conjoining_jamo(char32_t c) { return c >= 0x1160 && c <= 0x11FF; }

}  // namespace

void Tokens::append(char32_t c, CharKind kind, std::uint32_t begin, std::uint32_t end) {
  const bool may_join = (kind == CharKind::mark || is_conjoining_jamo(c)) && !pieces_.empty();
  if (may_join) {
    if (const char32_t joined = compose(pieces_.back().c, c)) {
      pieces_.back() = {joined, kind_of(joined), pieces_.back().begin, end};
      return;
    }
  }
  pieces_.push_back({c, kind, begin, end});
}

void Tokens::fold_text(std::string_view text) {
  pieces_.clear();
  for (std::size_t pos = 0; pos < text.size();) {
    const auto begin = static_cast<std::uint32_t>(pos);
    const auto byte = static_cast<unsigned char>(text[pos]);
    if (byte < 0x80) {
      ++pos;
      const char c = ascii_lower(text[begin]);
      const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      const CharKind kind = word ? CharKind::word : c == '\'' ? CharKind::apostrophe : CharKind::separator;
      pieces_.push_back({static_cast<char32_t>(c), kind, begin, begin + 1});
      continue;
    }
    const char32_t c = next_code_point(text, pos);
    for (const FoldedChar& one : fold(c)) append(one.c, one.kind, begin, static_cast<std::uint32_t>(pos));
  }
}

/// One run of token characters, cut where the script asks for it. Returns where it ends.
std::size_t Tokens::read_run(std::size_t i) {
  CharKind before = CharKind::separator;
  for (; i < pieces_.size() && is_token_char(pieces_[i].kind); ++i) {
    const Piece& piece = pieces_[i];
    const bool first = before == CharKind::separator;
    const bool mark = piece.kind == CharKind::mark;
    const CharKind kind = mark && first ? CharKind::word : piece.kind;
    const bool joins = !first && (mark || (kind == before && kind != CharKind::single));
    if (!joins) {
      const auto at = static_cast<std::uint32_t>(folded_.size());
      tokens_.push_back({at, at, piece.begin, piece.end});
    }
    append_utf8(folded_, piece.c);
    tokens_.back().text_end = static_cast<std::uint32_t>(folded_.size());
    tokens_.back().end = piece.end;
    if (!mark || first) before = kind;
  }
  return i;
}

void Tokens::read(std::string_view text) {
  fold_text(text);
  tokens_.clear();
  folded_.clear();
  const auto is_token = [this](std::size_t i) { return i < pieces_.size() && is_token_char(pieces_[i].kind); };
  for (std::size_t i = 0; i < pieces_.size();) {
    if (!is_token_char(pieces_[i].kind)) {
      ++i;
      continue;
    }
    i = read_run(i);
    const bool possessive = i + 1 < pieces_.size() && pieces_[i].kind == CharKind::apostrophe &&
                            pieces_[i + 1].c == U's' && !is_token(i + 2);
    if (possessive) i += 2;
  }
}

}  // namespace pw::match
