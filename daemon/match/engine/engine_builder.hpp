#pragma once
/// Compiles queries to an engine. Private to match.
///
/// Each query is registered under its triggers: an OR under those of all children, an AND under those of the child that
/// fires least often; a NOT has none. A term is registered under its rarest word, and only terms that belong to a set
/// of triggers are registered at all.

#include "match/engine/engine.hpp"
#include "match/engine/interner.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace pw::match {

/// Builds one Engine. `frequencies` must outlive it. Not thread-safe.
class EngineBuilder {
 public:
  explicit EngineBuilder(const Frequencies& frequencies) : interner_(frequencies) {}

  /// Adds a query. Queries are numbered from 0 in the order of these calls.
  void add(const query::Node& query);
  /// Returns the engine. Call it once, last.
  Engine finish();

 private:
  static constexpr double kNever = std::numeric_limits<double>::infinity();

  /// Words and terms that signal that a query or term may be true.
  struct TriggerSet {
    double cost = kNever;           ///< share of articles that fire a trigger; infinite if there are none
    std::vector<Ref> refs;          ///< every article for which it is true contains at least one of these
    std::uint32_t guard = kAlways;  ///< every such article also contains this number
    std::uint32_t need = kAlways;   ///< the rarest number that occurs in every such article
  };
  struct Part {
    TriggerSet triggers;
    std::vector<std::uint32_t> code;
  };
  /// How a term is triggered.
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
