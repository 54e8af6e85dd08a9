#pragma once
/// An article prepared for the reference evaluator: its tokens as numbers, with their positions. Private to match.

#include "match/document.hpp"
#include "match/engine/positions.hpp"
#include "query/query.hpp"
#include "text/token/tokens.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pw::match {

/// Numbers the words and prefixes of a set of queries. 0 is not a word. Reading is thread-safe; adding is not.
class Vocabulary {
 public:
  std::uint32_t add_word(const std::string& word);
  std::uint32_t add_prefix(const std::string& prefix);

  /// The number of a word, or 0.
  [[nodiscard]] std::uint32_t word(std::string_view text) const;
  /// Calls `found` with the number of each known prefix of `text`.
  template <class F>
  void prefixes(std::string_view text, F&& found) const {
    for (const std::size_t length : lengths_) {
      if (length > text.size()) return;
      const auto at = prefixes_.find(text.substr(0, length));
      if (at != prefixes_.end()) found(at->second);
    }
  }
  [[nodiscard]] std::uint32_t size() const { return next_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  using Map = std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>>;
  Map words_;
  Map prefixes_;
  std::vector<std::size_t> lengths_;  ///< lengths of the prefixes, ascending
  std::uint32_t next_ = 1;
};

/// A range of tokens in a field, including `last`.
struct Span {
  std::uint32_t first;
  std::uint32_t last;
  friend auto operator<=>(const Span&, const Span&) = default;
};

/// The searchable text fields.
inline constexpr std::array<std::string_view, 2> kFieldNames{"title", "text"};

/// `vocabulary` must outlive it and must not grow. Reuses its memory between documents; not thread-safe.
class PositionIndex {
 public:
  explicit PositionIndex(const Vocabulary& vocabulary, std::uint64_t most_steps = Steps::kOfAnArticle)
      : vocabulary_(vocabulary), most_steps_(most_steps), heads_(vocabulary.size(), {kNone, kNone}) {}

  /// Indexes a document and resets the steps. The document's strings must remain valid until the next call.
  void read(const Document& document);

  [[nodiscard]] bool has(std::uint32_t number) const {
    return heads_[number][0] != kNone || heads_[number][1] != kNone;
  }
  /// Positions of a word or prefix in a field, in ascending order.
  void positions(std::uint32_t number, std::size_t field, std::vector<std::uint32_t>& out) const;

  /// The number of the word at a position of a field; 0 if no query contains it.
  [[nodiscard]] std::uint32_t word_at(std::size_t field, std::uint32_t position) const {
    return words_[field][position];
  }
  [[nodiscard]] std::uint32_t length(std::size_t field) const {
    return static_cast<std::uint32_t>(words_[field].size());
  }
  [[nodiscard]] const text::Token& token(std::size_t field, std::uint32_t position) const {
    return tokens_[field].all()[position];
  }
  [[nodiscard]] std::string_view folded(std::size_t field, std::uint32_t position) const {
    return tokens_[field].text(token(field, position));
  }
  [[nodiscard]] std::string_view original(std::size_t field, Span span) const;
  [[nodiscard]] std::string_view field_text(std::size_t field) const { return texts_[field]; }
  [[nodiscard]] const Document& document() const { return document_; }
  /// True if the span is in the first paragraph of the text.
  [[nodiscard]] bool in_lead(Span span) const { return token(1, span.last).end <= lead_end_; }
  /// End offset of each sentence or paragraph of a field, in bytes; computed on first use.
  [[nodiscard]] const std::vector<std::uint32_t>& unit_ends(std::size_t field, query::Reach reach) const;
  /// The remaining steps for this document. Evaluators take from them.
  [[nodiscard]] Steps& steps() const { return steps_; }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  struct Place {
    std::uint32_t position;
    std::uint32_t next;
  };
  void note(std::uint32_t number, std::size_t field, std::uint32_t position);

  const Vocabulary& vocabulary_;
  std::uint64_t most_steps_;
  Document document_;
  std::array<std::string_view, 2> texts_;
  std::array<text::Tokens, 2> tokens_;
  std::array<std::vector<std::uint32_t>, 2> words_;
  std::vector<std::array<std::uint32_t, 2>> heads_;  ///< by number and field: index of the last place; places are
                                                     ///< chained backwards
  std::vector<Place> places_;
  std::vector<std::uint32_t> seen_;
  std::uint32_t lead_end_ = 0;
  mutable std::array<std::optional<std::vector<std::uint32_t>>, 4> units_;  ///< two per field: sentences, paragraphs
  mutable Steps steps_;
};

}  // namespace pw::match
