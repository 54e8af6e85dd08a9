#include "extract/hints.hpp"

#include "core/text.hpp"
#include "extract/language/language.hpp"
#include "extract/stop_words.hpp"
#include "text/token/containment.hpp"
#include "text/token/tokens.hpp"

#include <array>
#include <unordered_set>
#include <vector>

namespace pw::extract {
namespace {

constexpr std::size_t kFewestTitleWords = 3;
constexpr std::size_t kFewestPageWords = 20;
constexpr std::size_t kScriptSample = 4'000;  // bytes
constexpr std::size_t kShortestWord = 4;      // characters

enum class WritingSystem : std::uint8_t {
  none,
  latin,
  greek,
  cyrillic,
  armenian,
  hebrew,
  arabic,
  georgian,
  hangul,
  unspaced,
  other
};

WritingSystem writing_system_of(char32_t c) {
  if (c < 0x41 || (c > 0x5A && c < 0x61) || (c > 0x7A && c < 0xC0)) return WritingSystem::none;
  if (c < 0x250 || (c >= 0x1E00 && c < 0x1F00)) return WritingSystem::latin;
  if (c >= 0x370 && c < 0x400) return WritingSystem::greek;
  if (c >= 0x400 && c < 0x530) return WritingSystem::cyrillic;
  if (c >= 0x530 && c < 0x590) return WritingSystem::armenian;
  if (c >= 0x590 && c < 0x600) return WritingSystem::hebrew;
  if ((c >= 0x600 && c < 0x780) || (c >= 0xFB50 && c < 0xFE00)) return WritingSystem::arabic;
  if (c >= 0x10A0 && c < 0x1100) return WritingSystem::georgian;
  if (c >= 0xAC00 && c < 0xD7A4) return WritingSystem::hangul;
  if ((c >= 0x2000 && c < 0x2E80) || (c >= 0x3000 && c < 0x3040)) return WritingSystem::none;
  return text::kind_of(c) == text::CharKind::single || c >= 0x3040 ? WritingSystem::unspaced : WritingSystem::other;
}

/// The script of the largest number of letters.
WritingSystem writing_system_of(std::string_view text) {
  std::array<std::size_t, static_cast<std::size_t>(WritingSystem::other) + 1> counts{};
  for (std::size_t at = 0; at < text.size();)
    ++counts[static_cast<std::size_t>(writing_system_of(next_code_point(text, at)))];
  WritingSystem best = WritingSystem::none;
  counts[0] = 0;
  for (std::size_t i = 1; i < counts.size(); ++i) {
    if (counts[i] > counts[static_cast<std::size_t>(best)]) best = static_cast<WritingSystem>(i);
  }
  return best;
}

bool are_comparable(const Article& hints, const Article& page) {
  const WritingSystem script = writing_system_of(hints.title);
  if (script != writing_system_of(page.title + '\n' + std::string(utf8_prefix(page.text, kScriptSample)))) return false;
  const std::string theirs = settle_language({hints.language}, hints.title, hints.text);
  const std::string ours = settle_language({page.language}, page.title, page.text);
  return theirs.empty() || ours.empty() || theirs == ours;
}

/// The first `count` characters, or nothing if there are fewer.
std::string_view characters(std::string_view word, std::size_t count) {
  std::size_t at = 0;
  for (; count > 0 && at < word.size(); --count) next_code_point(word, at);
  return count == 0 ? word.substr(0, at) : std::string_view();
}

std::size_t length_of(std::string_view word) {
  std::size_t length = 0;
  for (std::size_t at = 0; at < word.size(); ++length) next_code_point(word, at);
  return length;
}

/// The length of the part of a word that inflection leaves unchanged.
std::size_t stem_length(std::size_t length) { return length < 6 ? 4 : length < 8 ? 5 : 6; }

/// Hebrew and Arabic attach articles, prepositions and conjunctions to the word.
std::string_view without_first(std::string_view word) {
  std::size_t at = 0;
  const WritingSystem script = writing_system_of(next_code_point(word, at));
  return script == WritingSystem::hebrew || script == WritingSystem::arabic ? word.substr(at) : std::string_view();
}

bool is_han(std::string_view word) {
  std::size_t at = 0;
  const char32_t c = word.empty() ? 0 : next_code_point(word, at);
  return at == word.size() && c >= 0x3400 && c < 0xA000;
}

/// The significant words of a text, which tell its topic, reduced to stems; in scripts without spaces, pairs of
/// characters.
class Topics {
 public:
  explicit Topics(std::string_view text) { tokens_.read(text); }

  [[nodiscard]] std::size_t size() const { return tokens_.all().size(); }

  /// Calls `take` with each significant word and, as the second argument, the word without an attached prefix.
  template <class Take>
  void each_stem(Take take) const {
    std::string_view before;
    for (const text::Token& token : tokens_.all()) {
      const std::string_view word = tokens_.text(token);
      if (is_han(word) && is_han(before)) take(std::string(before) + std::string(word), std::string_view());
      before = word;
      const std::size_t length = length_of(word);
      if (length >= kShortestWord && !is_stop_word(word)) take(std::string(word), without_first(word));
    }
  }

 private:
  text::Tokens tokens_;
};

using Stems = std::unordered_set<std::string>;

/// The word and the part of it that inflection leaves unchanged.
void add_word(Stems& stems, std::string_view word) {
  stems.emplace(word);
  if (const std::string_view stem = characters(word, stem_length(length_of(word))); !stem.empty()) stems.emplace(stem);
}

/// True if the word, or one of its beginnings that may be a stem, is among `stems`.
bool has_word(const Stems& stems, std::string_view word) {
  if (stems.contains(std::string(word))) return true;
  for (std::size_t length = kShortestWord; length <= stem_length(8); ++length) {
    const std::string_view stem = characters(word, length);
    if (stem.empty()) return false;
    if (stems.contains(std::string(stem))) return true;
  }
  return false;
}

}  // namespace

bool disagree(const Article& hints, const Article& page) {
  std::size_t significant = 0;
  Stems title;
  Topics(hints.title).each_stem([&](const std::string& word, std::string_view bare) {
    ++significant;
    add_word(title, word);
    if (!bare.empty()) add_word(title, bare);
  });
  if (significant < kFewestTitleWords) return false;
  const Topics whole(page.title + '\n' + page.text);
  if (whole.size() < kFewestPageWords) return false;
  bool any = false;
  whole.each_stem([&](const std::string& word, std::string_view bare) {
    any = any || has_word(title, word) || (!bare.empty() && has_word(title, bare));
  });
  return !any && are_comparable(hints, page);
}

std::string missing_text(const Article& hints, const Article& page) {
  if (hints.title.empty() && hints.text.empty()) return {};
  text::Containment whole(page.title + '\n' + page.text);
  std::string out = whole.missing_lines(hints.title);
  const std::string rest = whole.missing_lines(hints.text);
  if (!out.empty() && !rest.empty()) out += '\n';
  return out + rest;
}

}  // namespace pw::extract
