#include "extract/page_phrases.hpp"

#include "core/text.hpp"
#include "extract/page_phrase_table.hpp"
#include "text/token/tokens.hpp"

#include <algorithm>
#include <array>
#include <compare>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace pw::extract {
namespace {

constexpr std::size_t kMoreWords = 4;        // words in a title besides the phrase
constexpr std::size_t kMoreCharacters = 12;  // the same in scripts without spaces

struct Phrase {
  std::string folded;  ///< each word between spaces
  std::size_t words = 0;
  bool whole = false;  ///< must be the whole title

  friend auto operator<=>(const Phrase&, const Phrase&) = default;
};

/// The phrases of one kind, by first word.
struct PhraseList {
  std::vector<Phrase> phrases;
  std::unordered_map<std::string_view, std::vector<const Phrase*>> by_first_word;
};
using PhraseTable = std::array<PhraseList, static_cast<std::size_t>(PhraseKind::paywall) + 1>;

/// The word after the space at `space`; empty at the end.
std::string_view word_at(std::string_view folded, std::size_t space) {
  const std::size_t end = folded.find(' ', space + 1);
  return end == std::string_view::npos ? std::string_view() : folded.substr(space + 1, end - space - 1);
}

std::size_t fold_words(std::string_view text, std::string& out) {
  text::Tokens tokens;
  tokens.read(text);
  out.assign(1, ' ');
  for (const text::Token& token : tokens.all()) {
    out += tokens.text(token);
    out += ' ';
  }
  return tokens.all().size();
}

PhraseTable read_table() {
  PhraseTable table;
  for (const PhraseRow& row : kPhraseRows) {
    std::string_view rest = row.phrases;
    while (!rest.empty()) {
      const std::size_t end = rest.find('|');
      std::string_view one = trim(rest.substr(0, end));
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
      Phrase phrase;
      phrase.whole = one.starts_with('=');
      if (phrase.whole) one.remove_prefix(1);
      phrase.words = fold_words(one, phrase.folded);
      if (phrase.words > 0) table[static_cast<std::size_t>(row.kind)].phrases.push_back(std::move(phrase));
    }
  }
  for (PhraseList& list : table) {
    std::vector<Phrase>& all = list.phrases;
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    for (const Phrase& phrase : all) list.by_first_word[word_at(phrase.folded, 0)].push_back(&phrase);
  }
  return table;
}

const PhraseList& phrases_of(PhraseKind kind) {
  static const PhraseTable kTable = read_table();
  return kTable[static_cast<std::size_t>(kind)];
}

/// The end of the first part of a title: the next "|", "•", "-" between spaces, or similar.
std::size_t part_end(std::string_view title) {
  std::size_t best = std::string_view::npos;
  for (const std::string_view mark :
       {"|", " - ", " – ", " — ", "·", "•", "»", "«", ": ", "：", "｜", " :: ", "…", "..."}) {
    best = std::min(best, title.find(mark));
  }
  return best;
}

bool is_unspaced(std::string_view phrase) {
  std::size_t at = 1;
  return phrase.size() > 1 && text::kind_of(next_code_point(phrase, at)) == text::CharKind::single;
}

}  // namespace

PhraseText::PhraseText(std::string_view text) : words_(fold_words(text, folded_)) {}

/// Calls `found` with each occurrence of a phrase of a kind in the text, until it returns true.
template <class Found>
bool PhraseText::any(PhraseKind kind, Found found) const {
  const auto& by_first_word = phrases_of(kind).by_first_word;
  const std::string_view text = folded_;
  for (std::size_t at = 0; at + 1 < text.size(); at = text.find(' ', at + 1)) {
    const auto list = by_first_word.find(word_at(text, at));
    if (list == by_first_word.end()) continue;
    for (const Phrase* phrase : list->second) {
      if (text.substr(at).starts_with(phrase->folded) && found(*phrase)) return true;
    }
  }
  return false;
}

bool PhraseText::has(PhraseKind kind) const {
  return any(kind, [&](const Phrase& phrase) { return !phrase.whole || phrase.words == words_; });
}

std::size_t PhraseText::count(PhraseKind kind) const {
  std::unordered_set<const Phrase*> found;
  any(kind, [&](const Phrase& phrase) {
    found.insert(&phrase);
    return false;
  });
  return found.size();
}

bool PhraseText::is_mostly(PhraseKind kind) const {
  return any(kind, [&](const Phrase& phrase) {
    const std::size_t more = phrase.whole ? 0 : is_unspaced(phrase.folded) ? kMoreCharacters : kMoreWords;
    return words_ <= phrase.words + more;
  });
}

bool PhraseText::title_is(std::string_view title, PhraseKind kind) {
  if (PhraseText(title).is_mostly(kind)) return true;
  while (!title.empty()) {
    const std::size_t end = part_end(title);
    if (end == std::string_view::npos) return PhraseText(title).is_mostly(kind);
    if (end > 0 && PhraseText(title.substr(0, end)).is_mostly(kind)) return true;
    title.remove_prefix(end + 1);
  }
  return false;
}

}  // namespace pw::extract
