#include "match/engine/bounds.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>

namespace pw::match {
namespace {

constexpr std::size_t kMaxSentence = 600;

/// Abbreviated titles, which are followed by a name.
constexpr std::array<std::string_view, 18> kTitles{"mr",  "mrs", "ms",  "dr",  "prof", "gen", "col",  "lt", "sgt",
                                                   "sen", "rep", "gov", "rev", "hon",  "st",  "capt", "vs", "no"};

bool is_letter_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80U;
}

/// `before` ends in a full stop. True if that marks an abbreviation rather than the end of a sentence.
bool is_abbreviation(std::string_view before) {
  before.remove_suffix(1);
  std::size_t begin = before.size();
  while (begin > 0 && is_letter_byte(before[begin - 1])) --begin;
  const std::string_view word = before.substr(begin);
  if (word.empty() || word.size() > 4) return false;
  std::size_t pos = 0;
  const char32_t first = next_code_point(word, pos);
  const bool upper = (first >= U'A' && first <= U'Z') || (first >= U'\u0410' && first <= U'\u042F');
  if (upper && pos == word.size()) return true;  // an initial
  return std::ranges::find(kTitles, ascii_lower(word)) != kTitles.end();
}

}  // namespace

bool ends_sentence(std::string_view text, std::size_t pos) {
  const std::string_view before = text.substr(0, pos);
  if (before.ends_with('\n')) return true;
  for (const std::string_view mark : {"。", "！", "？", "؟", "।", "。」", "։", "۔"}) {
    if (before.ends_with(mark)) return true;
  }
  if (pos >= text.size() || text[pos] != ' ') return false;
  const char next = pos + 1 < text.size() ? text[pos + 1] : ' ';
  for (const std::string_view close : {"", "\"", "”", "»", "’", ")"}) {
    if (!before.ends_with(close)) continue;
    const std::string_view inner = before.substr(0, before.size() - close.size());
    if (inner.ends_with('!') || inner.ends_with('?') || inner.ends_with("…")) return true;
    if (inner.ends_with('.')) return !(next >= 'a' && next <= 'z') && !is_abbreviation(inner);
  }
  return false;
}

std::vector<std::uint32_t> unit_ends(std::string_view text, query::Reach reach) {
  std::vector<std::uint32_t> out;
  for (std::size_t pos = 1; pos < text.size(); ++pos) {
    const bool ends = reach == query::Reach::paragraph ? text[pos - 1] == '\n' : ends_sentence(text, pos);
    if (ends) out.push_back(static_cast<std::uint32_t>(pos));
  }
  out.push_back(static_cast<std::uint32_t>(text.size()));
  return out;
}

std::string_view sentence_at(std::string_view text, std::size_t offset) {
  std::size_t begin = std::min(offset, text.size());
  const std::size_t lowest = begin > kMaxSentence ? begin - kMaxSentence : 0;
  while (begin > lowest && !ends_sentence(text, begin)) --begin;
  std::size_t end = std::min(offset + 1, text.size());
  const std::size_t highest = std::min(text.size(), offset + kMaxSentence);
  while (end < highest && !ends_sentence(text, end) && text[end] != '\n') ++end;
  const auto inside_character = [&](std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
  };
  while (inside_character(begin)) ++begin;
  while (inside_character(end)) ++end;
  return trim(text.substr(begin, end - begin));
}

}  // namespace pw::match
