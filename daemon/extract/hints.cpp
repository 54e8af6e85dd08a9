#include "extract/hints.hpp"

#include "core/text.hpp"
#include "extract/language/language.hpp"
#include "extract/stop_words.hpp"
#include "text/token/containment.hpp"
#include "text/token/tokens.hpp"

#include <spdlog/fmt/fmt.h>

#include <array>
#include <functional>
#include <string>
#include <unordered_set>

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

/// The significant words of a text, which tell its topic; in scripts without spaces, pairs of characters.
class Topics {
 public:
  explicit Topics(std::string_view text) { tokens_.read(text); }

  [[nodiscard]] std::size_t size() const { return tokens_.all().size(); }

  /// Calls `is_wanted` with each significant word and, as the second argument, the word without an attached prefix,
  /// until one is wanted. Returns whether one was.
  template <class IsWanted>
  bool any_of(const IsWanted& is_wanted) const {
    std::string_view before;
    for (const text::Token& token : tokens_.all()) {
      const std::string_view word = tokens_.text(token);
      if (is_han(word) && is_han(before) && is_wanted(std::string(before) + std::string(word), std::string_view()))
        return true;
      before = word;
      const bool significant = length_of(word) >= kShortestWord && !is_stop_word(word);
      if (significant && is_wanted(word, without_first(word))) return true;
    }
    return false;
  }

 private:
  text::Tokens tokens_;
};

/// The words of a title, each with the part of it that inflection leaves unchanged.
class Stems {
 public:
  void add(std::string_view word) {
    if (word.empty()) return;
    stems_.emplace(word);
    const std::string_view stem = characters(word, stem_length(length_of(word)));
    if (!stem.empty()) stems_.emplace(stem);
  }

  /// True if the word, or one of its beginnings that may be a stem, was added.
  [[nodiscard]] bool has(std::string_view word) const {
    if (word.empty()) return false;
    if (stems_.contains(word)) return true;
    for (std::size_t length = kShortestWord; length <= stem_length(8); ++length) {
      const std::string_view stem = characters(word, length);
      if (stem.empty()) return false;
      if (stems_.contains(stem)) return true;
    }
    return false;
  }

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_set<std::string, Hash, std::equal_to<>> stems_;
};

/// True if the page's text holds a summary word for word, except perhaps for the words at its ends.
bool repeats(std::string_view page, std::string_view summary) {
  constexpr std::size_t kLong = 160;  // bytes; long enough for a word at either end not to matter
  summary = trim(summary);
  return summary.size() >= kLong && page.find(summary) != std::string_view::npos;
}

}  // namespace

bool disagree(const Article& hints, const Article& page) {
  std::size_t significant = 0;
  Stems stems;
  Topics(hints.title).any_of([&](std::string_view word, std::string_view bare) {
    ++significant;
    stems.add(word);
    stems.add(bare);
    return false;
  });
  if (significant < kFewestTitleWords) return false;
  const auto is_of_title = [&](std::string_view word, std::string_view bare) {
    return stems.has(word) || stems.has(bare);
  };
  const Topics title(page.title);
  if (title.any_of(is_of_title)) return false;
  const Topics body(page.text);
  if (title.size() + body.size() < kFewestPageWords) return false;
  return !body.any_of(is_of_title) && are_comparable(hints, page);
}

std::string missing_text(const Article& hints, const Article& page) {
  // Most sources repeat the title of the page and the beginning of its text: no need to compare words.
  const std::string_view title = trim(hints.title) == trim(page.title) ? std::string_view() : hints.title;
  const std::string_view text = repeats(page.text, hints.text) ? std::string_view() : hints.text;
  if (title.empty() && text.empty()) return {};
  const std::string whole = fmt::format("{}\n{}", page.title, page.text);
  return text::missing_lines(whole, fmt::format("{}\n{}", title, text));
}

}  // namespace pw::extract
