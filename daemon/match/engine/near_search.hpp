#pragma once
/// Evaluates nested NEAR operators. Private to match.
///
/// A NEAR of NEARs can have as many occurrences as there are pairs of positions, so they are never enumerated. Instead,
/// the search maps sets of start positions to sets of possible end positions. For a word these are the positions
/// themselves; for a NEAR, the ends of one operand, the positions within reach of them, and the ends of the other
/// operand from there. Each such step is one pass over the field.

#include "match/engine/evaluate.hpp"
#include "match/engine/positions.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace pw::match {

/// Evaluates one NEAR in one field. It consumes steps of `reading`, which must outlive it; once they are used up, it
/// finds nothing more. Not thread-safe.
class NearSearch {
 public:
  NearSearch(const Compiled& near, const PositionIndex& reading, std::size_t field);

  /// True if both operands occur within the required distance.
  [[nodiscard]] bool holds() const;

  using Use = std::function<void(const Compiled& leaf, Span place)>;
  /// Calls `use` once for each position of a word, phrase or exact form that is part of a matching pair.
  void each_place(const Use& use);

  /// The smallest number of words between the operands, regardless of the required distance, with the left operand
  /// first and with the right operand first. nullopt: they never occur in this order.
  struct Gaps {
    std::optional<std::uint32_t> in_order;
    std::optional<std::uint32_t> turned;
  };
  [[nodiscard]] Gaps least_gaps() const;

 private:
  /// From starts to ends, or from ends to starts.
  enum class Way : std::uint8_t { forward, back };

  struct Leaf {
    const Compiled* query;
    std::vector<Span> places;
    std::vector<bool> is_part;
  };
  /// A NEAR with its two operands; or an OR that contains a NEAR, with its alternatives; or any of several leaves.
  struct Side {
    const Compiled* query = nullptr;
    std::vector<Side> parts;
    std::vector<Leaf> leaves;
    Positions ones;            ///< occurrences of single words
    std::vector<Span> longer;  ///< all other occurrences
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
  std::uint32_t size_;  ///< number of tokens in the field
  /// By position: first and last position of its sentence or paragraph. Empty if the distance is counted in words.
  std::vector<std::uint32_t> unit_first_;
  std::vector<std::uint32_t> unit_last_;
  Side root_;
};

}  // namespace pw::match
