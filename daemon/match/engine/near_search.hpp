#pragma once
/// Where the sides of a NEAR stand near each other. Private to match/.
///
/// A NEAR in a NEAR has as many places as there are pairs of ends, so they are never listed. What is asked is:
/// beginning in one of these positions, where can it end? Of a word that is the positions themselves; of a NEAR the
/// ends of one side, what lies within reach of them, and the ends that the other side has from there. Each such
/// question is one run over the field.

#include "match/engine/evaluate.hpp"
#include "match/engine/positions.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace pw::match {

/// One NEAR in one field. It takes the reading's steps; when they are used up it finds nothing more.
class NearSearch {
 public:
  NearSearch(const Compiled& near, const PositionIndex& reading, std::size_t field);

  /// Is there a place of each side, as near as is asked for?
  [[nodiscard]] bool holds() const;

  using Use = std::function<void(const Compiled& leaf, Span place)>;
  /// The places of words, phrases and exact forms that are part of such a pair, each once.
  void each_place(const Use& use);

  /// The fewest words between the two sides, however many are asked for: the left one first, and the right one first.
  struct Gaps {
    std::optional<std::uint32_t> in_order;
    std::optional<std::uint32_t> turned;
  };
  [[nodiscard]] Gaps least_gaps() const;

 private:
  /// From where something begins to where it ends, or the other way.
  enum class Way : std::uint8_t { forward, back };

  struct Leaf {
    const Compiled* query;
    std::vector<Span> places;
    std::vector<bool> is_part;
  };
  /// A NEAR with its two sides; an OR with a NEAR in it with its alternatives; or leaves, any of them.
  struct Side {
    const Compiled* query = nullptr;
    std::vector<Side> parts;
    std::vector<Leaf> leaves;
    Positions ones;            ///< their places of one word
    std::vector<Span> longer;  ///< and the others
  };

  void read_units(query::Reach reach);
  Side read(const Compiled& query);
  void read_leaves(const Compiled& query, Side& out);
  void add_leaf(const Compiled& query, Side& out);

  [[nodiscard]] Positions all() const;
  [[nodiscard]] Positions ends(const Side& side, const Positions& from, Way way) const;
  [[nodiscard]] Positions reach(const query::Node& near, const Positions& from, Way way) const;
  [[nodiscard]] std::optional<std::uint32_t> least_gap(const Side& before, const Side& behind) const;
  void mark(Side& side, const Positions& begins, const Positions& ends_at);
  void mark_in_order(const query::Node& near, Side& before, Side& behind, const Positions& begins,
                     const Positions& ends_at);
  static void mark_leaves(Side& side, const Positions& begins, const Positions& ends_at);
  static void tell(const Side& side, const Use& use);

  const PositionIndex& reading_;
  std::size_t field_;
  std::uint32_t size_;  ///< tokens of the field
  /// Of each position, the first and last of its sentence or paragraph; empty when words are counted.
  std::vector<std::uint32_t> unit_first_;
  std::vector<std::uint32_t> unit_last_;
  Side root_;
};

}  // namespace pw::match
