#include "extract/phrases.hpp"

#include "core/text.hpp"
#include "extract/phrases/phrase_lists.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>
#include <span>
#include <vector>

namespace pw::extract {
namespace {

/// Picture agencies and archives, as named in credits.
constexpr std::string_view kPictureAgencies[]{
    "getty images", "shutterstock", "picture alliance", "picture-alliance", "istock", "adobe stock",
    "stock.adobe",  "imago images", "unsplash",         "pixabay",          "alamy",  "depositphotos",
};

/// `phrases` must be sorted. Compares only phrases with the same first byte.
bool starts_with_any(std::string_view text, std::span<const std::string_view> phrases) {
  if (text.empty()) return false;
  const std::string_view first = text.substr(0, 1);
  for (auto it = std::ranges::lower_bound(phrases, first); it != phrases.end() && it->starts_with(first); ++it)
    if (text.starts_with(*it)) return true;
  return false;
}

/// Phrases by their first byte.
class PhraseIndex {
 public:
  explicit PhraseIndex(std::span<const std::string_view> phrases) : phrases_(phrases.begin(), phrases.end()) {
    std::ranges::sort(phrases_);
    for (const std::string_view phrase : phrases_) ++begins_[static_cast<unsigned char>(phrase.front()) + 1U];
    std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
  }

  /// True if the text has a phrase that does not begin inside a word.
  [[nodiscard]] bool is_in(std::string_view text) const {
    char before = ' ';
    for (std::size_t at = 0; at < text.size(); before = text[at++]) {
      if (before >= 'a' && before <= 'z') continue;
      const auto first = static_cast<unsigned char>(text[at]);
      for (std::size_t i = begins_[first]; i < begins_[first + 1U]; ++i)
        if (text.substr(at).starts_with(phrases_[i])) return true;
    }
    return false;
  }

 private:
  std::vector<std::string_view> phrases_;
  std::array<std::size_t, 257> begins_{};
};

}  // namespace

bool starts_like_teaser(std::string_view text) {
  while (!text.empty() && (text[0] == '>' || text[0] == '-' || text[0] == '*' || text[0] == '[' || text[0] == '('))
    text = trim(text.substr(1));
  for (const std::string_view mark : {"→", "►", "▶", "»", "•", "👉", "➡️", "–", "|"})
    if (text.starts_with(mark)) text = trim(text.substr(mark.size()));
  return starts_with_any(lower_words(utf8_prefix(text, 80)), teasers());
}

bool is_appeal(std::string_view text) {
  static const PhraseIndex kIndex(appeals());
  return kIndex.is_in(lower_words(utf8_prefix(text, 600)));
}
bool is_small_print(std::string_view text) {
  return starts_with_any(lower_words(utf8_prefix(text, 80)), small_print());
}
bool is_picture_credit(std::string_view text) {
  static const PhraseIndex kIndex(kPictureAgencies);
  return kIndex.is_in(lower_words(utf8_prefix(text, 120)));
}
bool is_foreign_heading(std::string_view text) {
  return starts_with_any(lower_words(utf8_prefix(text, 80)), foreign_headings());
}

std::string lower_words(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t start = i;
    while (i < text.size() && static_cast<unsigned char>(text[i]) < 0x80) ++i;
    out.append(text, start, i - start);
    if (i == text.size()) break;
    char32_t c = next_code_point(text, i);
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F)) c += 32;
    if (c >= 0x400 && c <= 0x40F) c += 80;
    if (c >= 0x100 && c <= 0x17F && (c < 0x138 || c > 0x148) && c < 0x178) c |= 1;
    append_utf8(out, c);
  }
  std::ranges::transform(out, out.begin(), [](char c) { return ascii_lower(c); });
  return out;
}

}  // namespace pw::extract
