#pragma once
/// Queries to an engine: code, and the numbers under which each query waits. Private to match/.
///
/// A query waits under its triggers: of an OR all its children's, of an AND the child's that wakes it least often, of a
/// NOT none. Terms wait for their rarest word, and only those that are in a set of triggers wait at all.

#include "match/engine/engine.hpp"
#include "match/engine/interner.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace pw::match {

class EngineBuilder {
 public:
  explicit EngineBuilder(const Frequencies& frequencies) : interner_(frequencies) {}

  /// The queries get indexes from 0 on.
  void add(const query::Node& query);
  Engine finish();

 private:
  static constexpr double kNever = std::numeric_limits<double>::infinity();

  /// What announces that something may be true.
  struct TriggerSet {
    double cost = kNever;           ///< the share of articles that wake it; infinite: nothing announces it
    std::vector<Ref> refs;          ///< one of these stands in each article of which it is true
    std::uint32_t guard = kAlways;  ///< and so does this number, as well as one of the refs
    std::uint32_t need = kAlways;   ///< the rarest number that stands in each such article
  };
  struct Part {
    TriggerSet triggers;
    std::vector<std::uint32_t> code;
  };
  /// How a term is woken.
  struct Trigger {
    TriggerSet triggers;
    bool is_pair = false;
    bool is_hung = false;
  };
  struct Row {
    Ref owner;
    std::uint32_t posting;
    std::uint32_t guard;
  };

  Part compile(const query::Node& node);
  Part compile_all(const query::Node& node);
  Part compile_any(const query::Node& node);
  Part leaf(Ref ref);

  Ref words(const query::Node& node);
  Ref phrase(const TermHeader& header, std::span<const std::uint32_t> data, std::span<const std::uint32_t> numbers);
  Ref prefix(const query::Node& node);
  Ref window(const query::Node& node);
  Ref near(const query::Node& node);
  Ref at_least(const query::Node& node);
  Ref opaque(const query::Node& node, TriggerSet triggers);
  Ref triggered(const TermHeader& header, std::span<const std::uint32_t> data, TriggerSet triggers);
  bool collect(const query::Node& node, std::vector<std::uint32_t>& refs);

  [[nodiscard]] TriggerSet rarest(std::span<const std::uint32_t> numbers) const;
  void wait_for_neighbours(std::uint32_t term, const TermHeader& header, std::span<const std::uint32_t> numbers);
  void flatten(const query::Node& node, std::vector<const query::Node*>& out);
  void post(Ref owner, std::uint32_t posting, std::uint32_t guard);
  void hang(std::uint32_t term);
  Postings gather(bool of_terms, std::uint32_t owners) const;

  Interner interner_;
  std::vector<Trigger> triggers_;  ///< by term
  std::vector<Row> rows_;
  std::vector<Pair> pairs_;
  std::unordered_map<std::string, std::uint32_t> spellings_;
  Engine engine_;
};

}  // namespace pw::match
