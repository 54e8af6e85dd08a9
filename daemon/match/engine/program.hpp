#pragma once
/// The encoding of compiled queries in 32-bit words. Private to match.
///
/// A number identifies a word or a prefix. A term is anything else that has positions in the text, such as a phrase or
/// a NEAR. A Ref is either of them. The data of a term consist of a header, followed, depending on the kind, by:
///     fielded   number
///     phrase    numbers…
///     exact     index of the spelling, numbers…
///     window    n, numbers…
///     near      n, number of refs of the left operand, refs…
///     at_least  n, refs…
///     opaque    index of the query's tree
/// A code fragment is the index of a query followed by an expression: a leaf, `none` with an expression, or `any` or
/// `all` with the total length of the expressions that follow.
/// A posting is what a number or term does when it occurs in the article:
///     match     the query matches
///     test      guard    evaluate the fragment, if the guard occurs in the article
///     wake      guard    search for the term, if the guard occurs in the article

#include "query/query.hpp"

#include <cstdint>

namespace pw::match {

/// Number 0 is considered to occur in every article.
inline constexpr std::uint32_t kAlways = 0;

/// A number or a term.
class Ref {
 public:
  static Ref number(std::uint32_t index) { return Ref(index << 1U); }
  static Ref term(std::uint32_t index) { return Ref(index << 1U | 1U); }
  explicit Ref(std::uint32_t word) : word_(word) {}

  [[nodiscard]] bool is_term() const { return (word_ & 1U) != 0; }
  [[nodiscard]] std::uint32_t index() const { return word_ >> 1U; }
  [[nodiscard]] std::uint32_t word() const { return word_; }
  friend auto operator<=>(Ref, Ref) = default;

 private:
  std::uint32_t word_;
};

enum class TermKind : std::uint8_t { fielded, phrase, exact, window, near, at_least, opaque };

/// The first word of a term's data.
struct TermHeader {
  TermKind kind;
  query::Field field = query::Field::any;
  bool ordered = false;
  std::uint32_t size = 0;  ///< number of words after the header

  [[nodiscard]] std::uint32_t pack() const {
    return static_cast<std::uint32_t>(kind) | static_cast<std::uint32_t>(field) << 4U |
           static_cast<std::uint32_t>(ordered) << 7U | size << 8U;
  }
  static TermHeader unpack(std::uint32_t word) {
    return {static_cast<TermKind>(word & 0xFU), static_cast<query::Field>(word >> 4U & 7U), (word >> 7U & 1U) != 0,
            word >> 8U};
  }
};

enum class Op : std::uint8_t { leaf, any, all, none };

constexpr std::uint32_t pack(Op op, std::uint32_t operand) { return operand << 2U | static_cast<std::uint32_t>(op); }

enum class Posting : std::uint8_t { match, test, wake };

constexpr std::uint32_t pack(Posting kind, std::uint32_t index) {
  return index << 2U | static_cast<std::uint32_t>(kind);
}

}  // namespace pw::match
