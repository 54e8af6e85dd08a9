#pragma once
/// An article prepared for the engine: its distinct tokens, with their positions. Private to match.

#include "match/document.hpp"
#include "match/engine/token_hash.hpp"
#include "text/token/tokens.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace pw::match {

inline constexpr std::uint32_t kNowhere = 0xFFFFFFFF;

/// A token of the article, with all its occurrences.
struct DistinctToken {
  TokenHash hash;
  const char* text;      ///< folded; Tokens::kSlack bytes after it are readable
  std::uint32_t length;  ///< in bytes
  std::uint32_t first;   ///< first position
  std::uint32_t last;    ///< last position
  std::uint32_t count;   ///< number of positions

  [[nodiscard]] std::string_view view() const { return {text, length}; }
};

/// Title and text share one sequence of positions, separated by an empty position that no phrase can cross. Reuses its
/// memory between articles; not thread-safe.
class TokenIndex {
 public:
  /// Indexes a document. Its strings must remain valid until the next call.
  void read(const Document& document);

  [[nodiscard]] std::span<const DistinctToken> distinct() const { return distinct_; }
  /// Number of positions, including the empty one.
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(token_at_.size()); }
  /// Index in distinct() of the token at a position; kNowhere for the empty position.
  [[nodiscard]] std::uint32_t token_at(std::uint32_t position) const { return token_at_[position]; }
  /// The next position of the same token; kNowhere after the last.
  [[nodiscard]] std::uint32_t next(std::uint32_t position) const { return next_[position]; }
  [[nodiscard]] bool in_title(std::uint32_t position) const { return position < text_begin_; }
  [[nodiscard]] bool in_lead(std::uint32_t position) const {
    return !in_title(position) && place(position).end <= lead_end_;
  }
  /// The text of the field that contains a position.
  [[nodiscard]] std::string_view field_text(std::uint32_t position) const {
    return originals_[in_title(position) ? 0 : 1];
  }
  [[nodiscard]] std::uint32_t begin(std::uint32_t position) const { return place(position).begin; }

 private:
  [[nodiscard]] const text::Token& place(std::uint32_t position) const {
    return in_title(position) ? fields_[0].all()[position] : fields_[1].all()[position - text_begin_];
  }
  void add_field(const text::Tokens& tokens, std::uint32_t begin);
  std::uint32_t number_of(std::string_view token);

  std::array<text::Tokens, 2> fields_;
  std::array<std::string_view, 2> originals_;
  std::vector<DistinctToken> distinct_;
  std::vector<std::uint32_t> token_at_;
  std::vector<std::uint32_t> next_;
  /// Open addressing: the upper half of the hash, and the token number plus one; 0 is empty.
  struct Slot {
    std::uint32_t tag;
    std::uint32_t number;
  };
  std::vector<Slot> slots_;
  std::uint32_t mask_ = 0;
  std::uint32_t text_begin_ = 0;
  std::uint32_t lead_end_ = 0;
};

}  // namespace pw::match
