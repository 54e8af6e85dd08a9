#pragma once
/// What pages say that are no articles, in many languages. Private to extract/.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pw::extract {

enum class PhraseKind : std::uint8_t {
  not_found,      ///< titles
  robot_title,    ///< titles
  robot_text,     ///< what a check says
  consent_title,  ///< titles
  consent_we,     ///< how a consent form begins
  consent_term,   ///< its vocabulary
  accept,         ///< its buttons
  login,          ///< titles
  script,         ///< asks for JavaScript
  unavailable,    ///< titles and texts
  paywall,        ///< what stands behind the beginning of an article
};

/// A text as phrases are looked for in it: folded words between spaces.
class PhraseText {
 public:
  explicit PhraseText(std::string_view text);

  [[nodiscard]] std::size_t words() const { return words_; }
  [[nodiscard]] bool has(PhraseKind kind) const;
  [[nodiscard]] std::size_t count(PhraseKind kind) const;  ///< of different phrases
  /// The text is a phrase, or one with few words more.
  [[nodiscard]] bool is_mostly(PhraseKind kind) const;
  /// Some part of a title (between "|", "-", ":" and the like), or all of it, is mostly a phrase.
  static bool title_is(std::string_view title, PhraseKind kind);

 private:
  template <class Found>
  bool any(PhraseKind kind, Found found) const;

  std::string folded_;
  std::size_t words_ = 0;
};

}  // namespace pw::extract
