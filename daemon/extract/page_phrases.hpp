#pragma once
/// Phrases on pages that are not articles, in many languages. Private to extract/.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pw::extract {

enum class PhraseKind : std::uint8_t {
  not_found,      ///< titles
  robot_title,    ///< titles
  robot_text,     ///< text of a robot check
  consent_title,  ///< titles
  consent_we,     ///< beginning of a consent form
  consent_term,   ///< vocabulary of consent forms
  accept,         ///< buttons of consent forms
  login,          ///< titles
  script,         ///< asks for JavaScript
  unavailable,    ///< titles and texts
  paywall,        ///< follows the free beginning of an article
};

/// A text prepared for finding phrases: folded words between spaces.
class PhraseText {
 public:
  explicit PhraseText(std::string_view text);

  [[nodiscard]] std::size_t words() const { return words_; }
  [[nodiscard]] bool has(PhraseKind kind) const;
  [[nodiscard]] std::size_t count(PhraseKind kind) const;  ///< distinct phrases that occur
  /// True if the text is a phrase, with at most a few more words.
  [[nodiscard]] bool is_mostly(PhraseKind kind) const;
  /// True if the whole title, or one of its parts (between "|", "-", ":" and the like), is mostly a phrase.
  static bool title_is(std::string_view title, PhraseKind kind);

 private:
  template <class Found>
  bool any(PhraseKind kind, Found found) const;

  std::string folded_;
  std::size_t words_ = 0;
};

}  // namespace pw::extract
