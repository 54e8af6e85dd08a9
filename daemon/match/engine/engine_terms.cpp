#include "match/engine/engine_builder.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace pw::match {
namespace {

/// Phrases whose rarest word occurs in more than this share of articles are triggered by a pair of adjacent words
/// instead.
constexpr double kPairShare = 0.02;
/// Estimated share of the articles with both words in which they are adjacent.
constexpr double kNeighbours = 0.2;

}  // namespace

EngineBuilder::TriggerSet EngineBuilder::rarest(std::span<const std::uint32_t> numbers) const {
  const auto share = [this](std::uint32_t number) { return interner_.share(number); };
  const std::uint32_t first = *std::ranges::min_element(numbers, {}, share);
  TriggerSet out;
  out.cost = share(first);
  out.refs.push_back(Ref::number(first));
  out.need = first;
  for (const std::uint32_t number : numbers) {
    if (number != first && share(number) < share(out.guard)) out.guard = number;
  }
  return out;
}

Ref EngineBuilder::triggered(const TermHeader& header, std::span<const std::uint32_t> data, TriggerSet triggers) {
  const auto [term, is_new] = interner_.term(header, data);
  if (is_new) triggers_.push_back({std::move(triggers)});
  return Ref::term(term);
}

/// Triggers a phrase of common words by two adjacent words: the phrase itself, if it has only two.
void EngineBuilder::wait_for_neighbours(std::uint32_t term, const TermHeader& header,
                                        std::span<const std::uint32_t> numbers) {
  if (numbers.size() == 2 && header.kind == TermKind::phrase && header.field == query::Field::any) {
    triggers_[term].is_pair = true;
    triggers_[term].triggers.cost *= kNeighbours;
    return;
  }
  std::size_t best = 0;
  const auto cost = [&](std::size_t i) { return interner_.share(numbers[i]) * interner_.share(numbers[i + 1]); };
  for (std::size_t i = 1; i + 1 < numbers.size(); ++i) {
    if (cost(i) < cost(best)) best = i;
  }
  const std::array pair{numbers[best], numbers[best + 1]};
  const Ref neighbours = phrase({TermKind::phrase}, pair, pair);
  triggers_[term].triggers.refs.assign(1, neighbours);
  triggers_[term].triggers.cost = triggers_[neighbours.index()].triggers.cost;
}

Ref EngineBuilder::phrase(const TermHeader& header, std::span<const std::uint32_t> data,
                          std::span<const std::uint32_t> numbers) {
  const auto [term, is_new] = interner_.term(header, data);
  if (!is_new) return Ref::term(term);
  triggers_.push_back({rarest(numbers)});
  if (numbers.size() > 1 && triggers_.back().triggers.cost > kPairShare) wait_for_neighbours(term, header, numbers);
  return Ref::term(term);
}

Ref EngineBuilder::words(const query::Node& node) {
  std::vector<std::uint32_t> numbers;
  for (const std::string& token : node.tokens) numbers.push_back(interner_.word(token));
  const bool is_exact = node.kind == query::Node::Kind::exact;
  if (!is_exact && numbers.size() == 1) {
    if (node.field == query::Field::any) return Ref::number(numbers.front());
    return triggered({TermKind::fielded, node.field}, numbers, rarest(numbers));
  }
  if (!is_exact) return phrase({TermKind::phrase, node.field}, numbers, numbers);
  const auto [spelling, is_new] =
      spellings_.try_emplace(node.value, static_cast<std::uint32_t>(engine_.spellings.size()));
  if (is_new) engine_.spellings.push_back({node.value, node.n});
  std::vector<std::uint32_t> data{spelling->second};
  data.insert(data.end(), numbers.begin(), numbers.end());
  return phrase({TermKind::exact, node.field}, data, numbers);
}

Ref EngineBuilder::prefix(const query::Node& node) {
  const std::uint32_t number = interner_.prefix(node.tokens.front());
  if (node.field == query::Field::any) return Ref::number(number);
  return triggered({TermKind::fielded, node.field}, {&number, 1}, rarest({&number, 1}));
}

Ref EngineBuilder::window(const query::Node& node) {
  std::vector<std::uint32_t> data{node.n};
  for (const std::string& token : node.tokens) data.push_back(interner_.word(token));
  return triggered({TermKind::window, node.field}, data, rarest(std::span(data).subspan(1)));
}

/// Collects the refs of a leaf that has positions, or of an OR of such leaves.
bool EngineBuilder::collect(const query::Node& node, std::vector<std::uint32_t>& refs) {
  switch (node.kind) {
    case query::Node::Kind::phrase:
    case query::Node::Kind::exact: refs.push_back(words(node).word()); return true;
    case query::Node::Kind::prefix: refs.push_back(prefix(node).word()); return true;
    case query::Node::Kind::any:
      return std::ranges::all_of(node.children, [&](const query::Node& child) { return collect(child, refs); });
    default: return false;
  }
}

Ref EngineBuilder::near(const query::Node& node) {
  std::array<TriggerSet, 2> both{compile(node.children[0]).triggers, compile(node.children[1]).triggers};
  if (both[1].cost < both[0].cost) std::swap(both[0], both[1]);
  TriggerSet triggers = std::move(both[0]);
  const std::uint32_t other = both[1].need;
  if (interner_.share(other) < interner_.share(triggers.guard)) triggers.guard = other;
  if (interner_.share(other) < interner_.share(triggers.need)) triggers.need = other;

  std::vector<std::uint32_t> data{node.n, 0};
  bool native = node.reach == query::Reach::tokens && collect(node.children[0], data);
  data[1] = static_cast<std::uint32_t>(data.size() - 2);
  native = native && collect(node.children[1], data);
  if (!native) return opaque(node, std::move(triggers));
  return triggered({TermKind::near, query::Field::any, node.ordered}, data, std::move(triggers));
}

Ref EngineBuilder::at_least(const query::Node& node) {
  TriggerSet triggers = compile(node.children.front()).triggers;
  std::vector<std::uint32_t> data{node.n};
  if (!collect(node.children.front(), data)) return opaque(node, std::move(triggers));
  return triggered({TermKind::at_least}, data, std::move(triggers));
}

Ref EngineBuilder::opaque(const query::Node& node, TriggerSet triggers) {
  const auto index = static_cast<std::uint32_t>(engine_.opaque.size());
  engine_.opaque.push_back(match::compile(node, engine_.opaque_words));
  return triggered({TermKind::opaque}, {&index, 1}, std::move(triggers));
}

}  // namespace pw::match
