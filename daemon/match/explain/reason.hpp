#pragma once
/// Explains, part by part, why a query matches an article or not. Pure functions; any thread.

#include "match/match.hpp"

#include <string>
#include <vector>

namespace pw::match {

/// The result for one part of a query. For parts under NOT, `holds` refers to the part itself, before the NOT is
/// applied.
struct Reason {
  query::Node::Kind kind = query::Node::Kind::phrase;
  std::string part;  ///< in the default dialect
  bool holds = false;
  std::string why;  ///< if it does not match: what the article has instead
  std::vector<Reason> children;
};

/// The result for a whole query.
struct Explanation {
  bool holds = false;
  Reason reason;
  std::vector<Reason> failed;  ///< the smallest parts that prevent the match; of an OR, all of them
  Match match;                 ///< hits, sentence and score, if it matches
};

Explanation explain(const query::Node& query, const Document& document);

/// The triggers of a query: words, or prefixes with a *, at least one of which occurs in each matching article.
struct Waiting {
  std::vector<std::string> words;
  bool always = false;      ///< some part has no trigger, so every article is evaluated
  double share = 0;         ///< estimated share of articles with one of them, from the lengths of the words
  std::size_t by_hand = 0;  ///< number of parts left to the slower evaluator
};
Waiting waiting(const query::Node& query);

}  // namespace pw::match
