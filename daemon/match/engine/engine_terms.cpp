#include "match/engine/engine_builder.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace pw::match {
namespace {

/// Phrases whose rarest word stands in more articles than this wait for two neighbours instead.
constexpr double kPairShare = 0.02;
/// Of the articles that hold both words, how many are thought to hold them side by side.
constexpr double kNeighbours = 0.2;

}  // namespace

EngineBuilder::Cover EngineBuilder::rarest(std::span<const std::uint32_t> numbers) const {
  const auto share = [this](std::uint32_t number) { return interner_.share(number); };
  const std::uint32_t first = *std::ranges::min_element(numbers, {}, share);
  Cover out;
  out.cost = share(first);
  out.refs.push_back(Ref::number(first));
  out.need = first;
  for (const std::uint32_t number : numbers) {
    if (number != first && share(number) < share(out.guard)) out.guard = number;
  }
  return out;
}

Ref EngineBuilder::hooked(const TermHeader& header, std::span<const std::uint32_t> data, Cover cover) {
  const auto [term, is_new] = interner_.term(header, data);
  if (is_new) hooks_.push_back({std::move(cover)});
  return Ref::term(term);
}

/// A phrase of common words waits for two neighbours: itself, if there are no more.
void EngineBuilder::wait_for_neighbours(std::uint32_t term, const TermHeader& header,
                                        std::span<const std::uint32_t> numbers) {
  if (numbers.size() == 2 && header.kind == TermKind::phrase && header.field == query::Field::any) {
    hooks_[term].is_pair = true;
    hooks_[term].cover.cost *= kNeighbours;
    return;
  }
  std::size_t best = 0;
  const auto cost = [&](std::size_t i) { return interner_.share(numbers[i]) * interner_.share(numbers[i + 1]); };
  for (std::size_t i = 1; i + 1 < numbers.size(); ++i) {
    if (cost(i) < cost(best)) best = i;
  }
  const std::array pair{numbers[best], numbers[best + 1]};
  const Ref neighbours = phrase({TermKind::phrase}, pair, pair);
  hooks_[term].cover.refs.assign(1, neighbours);
  hooks_[term].cover.cost = hooks_[neighbours.index()].cover.cost;
}

Ref EngineBuilder::phrase(const TermHeader& header, std::span<const std::uint32_t> data,
                          std::span<const std::uint32_t> numbers) {
  const auto [term, is_new] = interner_.term(header, data);
  if (!is_new) return Ref::term(term);
  hooks_.push_back({rarest(numbers)});
  if (numbers.size() > 1 && hooks_.back().cover.cost > kPairShare) wait_for_neighbours(term, header, numbers);
  return Ref::term(term);
}

Ref EngineBuilder::words(const query::Node& node) {
  std::vector<std::uint32_t> numbers;
  for (const std::string& token : node.tokens) numbers.push_back(interner_.word(token));
  const bool is_exact = node.kind == query::Node::Kind::exact;
  if (!is_exact && numbers.size() == 1) {
    if (node.field == query::Field::any) return Ref::number(numbers.front());
    return hooked({TermKind::fielded, node.field}, numbers, rarest(numbers));
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
  return hooked({TermKind::fielded, node.field}, {&number, 1}, rarest({&number, 1}));
}

Ref EngineBuilder::window(const query::Node& node) {
  std::vector<std::uint32_t> data{node.n};
  for (const std::string& token : node.tokens) data.push_back(interner_.word(token));
  return hooked({TermKind::window, node.field}, data, rarest(std::span(data).subspan(1)));
}

/// The refs of a leaf with places, or of an OR of such.
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
  std::array<Cover, 2> covers{compile(node.children[0]).cover, compile(node.children[1]).cover};
  if (covers[1].cost < covers[0].cost) std::swap(covers[0], covers[1]);
  Cover cover = std::move(covers[0]);
  const std::uint32_t other = covers[1].need;
  if (interner_.share(other) < interner_.share(cover.guard)) cover.guard = other;
  if (interner_.share(other) < interner_.share(cover.need)) cover.need = other;

  std::vector<std::uint32_t> data{node.n, 0};
  bool native = node.reach == query::Reach::tokens && collect(node.children[0], data);
  data[1] = static_cast<std::uint32_t>(data.size() - 2);
  native = native && collect(node.children[1], data);
  if (!native) return opaque(node, std::move(cover));
  return hooked({TermKind::near, query::Field::any, node.ordered}, data, std::move(cover));
}

Ref EngineBuilder::at_least(const query::Node& node) {
  Cover cover = compile(node.children.front()).cover;
  std::vector<std::uint32_t> data{node.n};
  if (!collect(node.children.front(), data)) return opaque(node, std::move(cover));
  return hooked({TermKind::at_least}, data, std::move(cover));
}

Ref EngineBuilder::opaque(const query::Node& node, Cover cover) {
  const auto index = static_cast<std::uint32_t>(engine_.opaque.size());
  engine_.opaque.push_back(match::compile(node, engine_.opaque_words));
  return hooked({TermKind::opaque}, {&index, 1}, std::move(cover));
}

}  // namespace pw::match
