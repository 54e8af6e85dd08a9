#include "match/explain/explain.hpp"

#include "match/engine/bounds.hpp"
#include "match/engine/near_search.hpp"
#include "match/explain/mentions.hpp"

#include <spdlog/fmt/fmt.h>
#include <spdlog/fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace pw::match {
namespace {

using Kind = query::Node::Kind;

constexpr std::size_t kPlacesOfATerm = 5;
constexpr std::size_t kSentencesCompared = 50;
constexpr double kTitlePlace = 3;
constexpr double kLeadPlace = 2;

/// Identifies leaves that are the same term.
std::string key_of(const query::Node& leaf) {
  return fmt::format("{}|{}|{}|{}|{}", static_cast<int>(leaf.kind), static_cast<int>(leaf.field), leaf.n, leaf.value,
                     fmt::join(leaf.tokens, " "));
}

class Explainer {
 public:
  explicit Explainer(const PositionIndex& reading) : reading_(reading) {}

  Match run(const Compiled& query) {
    walk(query);
    Match match;
    match.mentions = count_mentions(std::move(mentions_));
    for (auto& [key, term] : terms_) {
      match.score += term.weight * std::log2(1 + term.worth);
      std::ranges::move(term.hits, std::back_inserter(match.hits));
    }
    std::ranges::sort(match.hits, {},
                      [](const TermHit& hit) { return std::tuple(hit.field != "title", hit.begin, hit.end); });
    const auto same = [](const TermHit& a, const TermHit& b) {
      return a.field == b.field && a.begin == b.begin && a.end == b.end;
    };
    match.sentence = std::string(best_sentence(match.hits));
    match.hits.erase(std::unique(match.hits.begin(), match.hits.end(), same), match.hits.end());
    return match;
  }

 private:
  /// A term of the query and its occurrences in the article.
  struct Term {
    double weight = 0;
    double worth = 0;  ///< number of its occurrences; those in the title and lead count more
    std::set<std::pair<std::size_t, Span>> places;
    std::vector<TermHit> hits;
  };

  void walk(const Compiled& query) {
    switch (query.node.kind) {
      case Kind::negation:
      case Kind::property: return;
      case Kind::any:
        for (const Compiled& child : query.children) {
          if (evaluate(child, reading_)) walk(child);
        }
        return;
      case Kind::all:
        for (const Compiled& child : query.children) walk(child);
        return;
      case Kind::at_least: most_ = std::max<std::size_t>(kPlacesOfATerm, query.node.n); break;
      default: break;
    }
    for (std::size_t field = 0; field < kFieldNames.size(); ++field) add(query, field);
    most_ = kPlacesOfATerm;
  }

  /// For a NEAR, adds only occurrences that are close enough to the other operand.
  void add(const Compiled& query, std::size_t field) {
    switch (query.node.kind) {
      case Kind::any:
      case Kind::at_least:
        for (const Compiled& child : query.children) add(child, field);
        return;
      case Kind::near:
        NearSearch(query, reading_, field).each_place([&](const Compiled& leaf, Span span) {
          add_place(leaf, field, span);
        });
        return;
      default:
        for (const Span& span : spans(query, reading_, field)) add_place(query, field, span);
    }
  }

  void add_place(const Compiled& leaf, std::size_t field, Span span) {
    Term& term = terms_[key_of(leaf.node)];
    term.weight = std::max(term.weight, leaf.node.weight);
    double& weight = weights_[leaf.node.term];
    weight = std::max(weight, leaf.node.weight);
    if (!term.places.emplace(field, span).second) return;
    mentions_.push_back({field, span.first, span.last});
    const bool in_lead = field != 0 && reading_.in_lead(span);
    term.worth += field == 0 ? kTitlePlace : (in_lead ? kLeadPlace : 1);
    if (term.hits.size() < most_) term.hits.push_back(hit(leaf, field, span));
  }

  TermHit hit(const Compiled& leaf, std::size_t field, Span span) {
    TermHit out;
    out.term = leaf.node.term;
    out.field = kFieldNames[field];
    out.begin = reading_.token(field, span.first).begin;
    out.end = reading_.token(field, span.last).end;
    out.matched = std::string(reading_.original(field, span));
    out.alias_of = leaf.node.alias_of;
    return out;
  }

  /// The sentence whose distinct terms have the highest total weight, the first one on a tie. Without hits in the text,
  /// the title.
  [[nodiscard]] std::string_view best_sentence(const std::vector<TermHit>& hits) const {
    std::map<std::size_t, std::set<std::string_view>> terms_by_sentence;
    std::map<std::size_t, std::string_view> sentences;
    const std::string_view text = reading_.field_text(1);
    for (const TermHit& hit : hits) {
      if (hit.field != "text" || sentences.size() >= kSentencesCompared) continue;
      const std::string_view sentence = sentence_at(text, hit.begin);
      const auto begin = static_cast<std::size_t>(sentence.data() - text.data());
      sentences.emplace(begin, sentence);
      terms_by_sentence[begin].insert(hit.term);
    }
    std::string_view best = hits.empty() ? std::string_view{} : reading_.field_text(0);
    double most = -1;
    for (const auto& [begin, terms] : terms_by_sentence) {
      double weight = 0;
      for (const std::string_view term : terms) weight += weights_.find(term)->second;
      if (weight <= most) continue;
      most = weight;
      best = sentences.at(begin);
    }
    return best;
  }

  const PositionIndex& reading_;
  std::map<std::string, Term> terms_;
  std::map<std::string, double, std::less<>> weights_;  ///< by the term as written
  std::size_t most_ = kPlacesOfATerm;                   ///< maximum number of hits reported per term
  std::vector<Mention> mentions_;
};

}  // namespace

Match explain(const Compiled& query, const PositionIndex& reading) { return Explainer(reading).run(query); }

}  // namespace pw::match
