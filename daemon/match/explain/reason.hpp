#pragma once
/// Why a query is, or is not, true of an article: part by part.

#include "match/match.hpp"

#include <string>
#include <vector>

namespace pw::match {

/// A part of a query. Of parts under NOT, `holds` is what the part itself is, not what the NOT makes of it.
struct Reason {
  query::Node::Kind kind = query::Node::Kind::phrase;
  std::string part;  ///< as a query in the default dialect
  bool holds = false;
  std::string why;  ///< when it does not hold: what the article has instead
  std::vector<Reason> children;
};

struct Explanation {
  bool holds = false;
  Reason reason;
  std::vector<Reason> failed;  ///< the smallest parts that would have to be otherwise; of an OR all of them
  Match match;                 ///< hits, sentence and score, when it holds
};

Explanation explain(const query::Node& query, const Document& document);

/// Where a query waits: the words, or beginnings of words with a *, one of which each article that it matches has.
struct Waiting {
  std::vector<std::string> words;
  bool always = false;      ///< some part has no word, so every article is tried
  double share = 0;         ///< of articles that have one of them, by a guess from the words' lengths
  std::size_t by_hand = 0;  ///< parts that are left to the slower evaluator
};
Waiting waiting(const query::Node& query);

}  // namespace pw::match
