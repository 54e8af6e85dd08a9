#include "match/explain.hpp"

#include "match/bounds.hpp"
#include "match/mentions.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <tuple>

namespace pw::match {
namespace {

using Kind = Node::Kind;

constexpr std::size_t kPlacesOfATerm = 5;
constexpr double kTitleFactor = 3;

class Explainer {
 public:
  explicit Explainer(const Reading& reading) : reading_(reading) {}

  Match run(const Compiled& query) {
    walk(query);
    match_.mentions = count_mentions(std::move(mentions_));
    std::ranges::sort(match_.hits, {},
                      [](const TermHit& hit) { return std::tuple(hit.field != "title", hit.begin, hit.end); });
    const auto same = [](const TermHit& a, const TermHit& b) {
      return a.field == b.field && a.begin == b.begin && a.end == b.end;
    };
    match_.hits.erase(std::unique(match_.hits.begin(), match_.hits.end(), same), match_.hits.end());
    const auto in_text = std::ranges::find(match_.hits, std::string("text"), &TermHit::field);
    if (in_text != match_.hits.end()) {
      match_.sentence = std::string(sentence_at(reading_.field_text(1), in_text->begin));
    } else if (!match_.hits.empty()) {
      match_.sentence = std::string(reading_.field_text(0));
    }
    return std::move(match_);
  }

 private:
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
      case Kind::near:
      case Kind::at_least:
        for (const Compiled& child : query.children) walk(child);
        return;
      default: add(query);
    }
  }

  void add(const Compiled& leaf) {
    std::size_t places = 0;
    for (std::size_t field = 0; field < kFieldNames.size(); ++field) {
      for (const Span& span : spans(leaf, reading_, field)) {
        mentions_.push_back({field, span.first, span.last});
        if (++places <= kPlacesOfATerm) match_.hits.push_back(hit(leaf, field, span));
        if (field == 0) match_.score += leaf.node.weight * (kTitleFactor - 1);
      }
    }
    if (places > 0) match_.score += leaf.node.weight * (1 + std::log2(static_cast<double>(places)));
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

  const Reading& reading_;
  Match match_;
  std::vector<Mention> mentions_;
};

}  // namespace

Match explain(const Compiled& query, const Reading& reading) { return Explainer(reading).run(query); }

}  // namespace pw::match
