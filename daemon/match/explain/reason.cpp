#include "match/explain/reason.hpp"

#include "core/text.hpp"
#include "match/engine/near_search.hpp"
#include "match/explain/explain.hpp"

#include <spdlog/fmt/fmt.h>
#include <spdlog/fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <set>

namespace pw::match {
namespace {

using Kind = query::Node::Kind;

constexpr std::size_t kSpellingsShown = 3;

class Reasoner {
 public:
  explicit Reasoner(const PositionIndex& reading) : reading_(reading) {}

  Reason run(const query::Node& node, const Compiled& query) {
    Reason out;
    out.kind = node.kind;
    out.part = query::to_query(node);
    out.holds = evaluate(query, reading_);
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      out.children.push_back(run(node.children[i], query.children[i]));
    }
    if (!out.holds) out.why = why_not(query, out);
    return out;
  }

 private:
  std::string why_not(const Compiled& query, const Reason& reason) {
    const query::Node& node = query.node;
    switch (node.kind) {
      case Kind::all:
      case Kind::any: return {};
      case Kind::negation: return fmt::format("{} matches", reason.children.front().part);
      case Kind::property: return other_property(node);
      case Kind::near: return not_near(query, reason);
      case Kind::at_least: return too_few(query);
      case Kind::prefix: return elsewhere(query).value_or("no word has this prefix");
      case Kind::wildcard: return elsewhere(query).value_or("no word matches");
      case Kind::exact: return other_spelling(query);
      case Kind::phrase:
      case Kind::window: return missing_words(query);
    }
    return {};
  }

  /// For a term that occurs in the article, but not in the required field.
  std::optional<std::string> elsewhere(const Compiled& query) const {
    if (query.node.field == query::Field::any) return std::nullopt;
    Compiled anywhere = query;
    anywhere.node.field = query::Field::any;
    for (std::size_t field = 0; field < kFieldNames.size(); ++field) {
      if (!spans(anywhere, reading_, field).empty()) return fmt::format("occurs only in the {}", kFieldNames[field]);
    }
    return std::nullopt;
  }

  std::string missing_words(const Compiled& query) const {
    if (auto found = elsewhere(query)) return *found;
    std::set<std::string> missing;
    for (std::size_t i = 0; i < query.numbers.size(); ++i) {
      if (!reading_.has(query.numbers[i])) missing.insert(query.node.tokens[i]);
    }
    if (query.node.tokens.size() == 1) return "is not in the article";
    if (missing.empty()) {
      return query.node.kind == Kind::window ? "its words are too far apart"
                                             : "its words are in the article, but not as this phrase";
    }
    return fmt::format("not in the article: {}", fmt::join(missing, ", "));
  }

  std::string other_spelling(const Compiled& query) const {
    Compiled any_case = query;
    any_case.node.kind = Kind::phrase;
    std::set<std::string> seen;
    for (std::size_t field = 0; field < kFieldNames.size(); ++field) {
      for (const Span& span : spans(any_case, reading_, field)) {
        if (seen.size() < kSpellingsShown) seen.insert(printable(reading_.original(field, span)));
      }
    }
    if (seen.empty()) return missing_words(query);
    return fmt::format("written differently: {}", fmt::join(seen, ", "));
  }

  std::string other_property(const query::Node& node) const {
    const Document& document = reading_.document();
    const auto is = [&](std::string_view value) {
      return value.empty() ? fmt::format("the article's {} is unknown", node.name)
                           : fmt::format("the article's {} is {}", node.name, printable(value));
    };
    if (node.name == "lang") return is(document.language);
    if (node.name == "country") return is(document.country);
    if (node.name == "source") return is(document.source);
    if (node.name == "tag") return is(fmt::format("{}", fmt::join(document.source_tags, ", ")));
    if (node.name == "author") return is(fmt::format("{}", fmt::join(document.authors, ", ")));
    return is(document.url);
  }

  std::string too_few(const Compiled& query) const {
    std::size_t count = 0;
    for (std::size_t field = 0; field < kFieldNames.size(); ++field) {
      auto places = spans(query.children.front(), reading_, field);
      places.erase(std::unique(places.begin(), places.end()), places.end());
      count += places.size();
    }
    return fmt::format("occurs {} times; {} are required", count, query.node.n);
  }

  std::string not_near(const Compiled& query, const Reason& reason) const {
    if (reading_.steps().used_up()) return "aborted: it would take more steps than allowed for one article";
    for (const Reason& side : reason.children) {
      if (!side.holds) return fmt::format("{} does not match", side.part);
    }
    if (query.node.reach != query::Reach::tokens) {
      return query.node.reach == query::Reach::sentence ? "never in the same sentence" : "never in the same paragraph";
    }
    std::optional<std::uint32_t> least;
    bool is_turned = false;
    const auto note = [&least](std::optional<std::uint32_t> gap) {
      if (gap) least = std::min(least.value_or(*gap), *gap);
    };
    for (std::size_t field = 0; field < kFieldNames.size(); ++field) {
      const NearSearch::Gaps gaps = NearSearch(query, reading_, field).least_gaps();
      note(gaps.in_order);
      if (!query.node.ordered) note(gaps.turned);
      is_turned = is_turned || (query.node.ordered && gaps.turned && *gaps.turned <= query.node.n);
    }
    if (is_turned) return "near each other only in the other order";
    if (!least) return "both occur, but never in the same field";
    return fmt::format("the nearest occurrences have {} words in between; at most {} are allowed", *least,
                       query.node.n);
  }

  const PositionIndex& reading_;
};

/// Collects the smallest parts that prevent a match: those that do not match or, under NOT, do match.
void collect_failed(const Reason& reason, std::vector<Reason>& out) {
  const bool descends = reason.kind == Kind::all || reason.kind == Kind::any;
  if (!descends) {
    out.push_back(reason);
    return;
  }
  for (const Reason& child : reason.children) {
    if (!child.holds) collect_failed(child, out);
  }
}

}  // namespace

Explanation explain(const query::Node& query, const Document& document) {
  Vocabulary vocabulary;
  const Compiled compiled = compile(query, vocabulary);
  PositionIndex reading(vocabulary);
  reading.read(document);
  Explanation out;
  out.reason = Reasoner(reading).run(query, compiled);
  out.holds = out.reason.holds;
  if (out.holds) {
    out.match = explain(compiled, reading);
  } else {
    collect_failed(out.reason, out.failed);
  }
  return out;
}

}  // namespace pw::match
