#include "match/engine/engine_builder.hpp"

#include <algorithm>
#include <utility>

namespace pw::match {

EngineBuilder::Part EngineBuilder::leaf(Ref ref) {
  Part part;
  part.code.push_back(pack(Op::leaf, ref.word()));
  part.triggers.refs.push_back(ref);
  if (ref.is_term()) {
    const TriggerSet& own = triggers_[ref.index()].triggers;
    part.triggers.cost = own.cost;
    part.triggers.need = own.need;
  } else {
    part.triggers.cost = interner_.share(ref.index());
    part.triggers.need = ref.index();
  }
  return part;
}

EngineBuilder::Part EngineBuilder::compile_any(const query::Node& node) {
  std::vector<const query::Node*> children;
  flatten(node, children);
  Part out;
  out.triggers.cost = 0;
  out.code.push_back(0);
  for (const query::Node* child : children) {
    const Part part = compile(*child);
    out.code.insert(out.code.end(), part.code.begin(), part.code.end());
    out.triggers.refs.insert(out.triggers.refs.end(), part.triggers.refs.begin(), part.triggers.refs.end());
    out.triggers.cost += part.triggers.cost;
  }
  out.code.front() = pack(Op::any, static_cast<std::uint32_t>(out.code.size() - 1));
  return out;
}

EngineBuilder::Part EngineBuilder::compile_all(const query::Node& node) {
  std::vector<Part> parts;
  for (const query::Node& child : node.children) parts.push_back(compile(child));
  std::ranges::stable_sort(parts, {}, [](const Part& part) { return part.triggers.cost; });
  Part out;
  out.code.push_back(0);
  // The child that triggers the query is already known to be true, so evaluate the others first.
  for (std::size_t i = 1; i <= parts.size(); ++i) {
    const auto& code = parts[i % parts.size()].code;
    out.code.insert(out.code.end(), code.begin(), code.end());
  }
  out.code.front() = pack(Op::all, static_cast<std::uint32_t>(out.code.size() - 1));
  const auto rarer = [this](std::uint32_t a, std::uint32_t b) {
    return interner_.share(a) < interner_.share(b) ? a : b;
  };
  std::uint32_t guard = parts.front().triggers.guard;
  for (std::size_t i = 1; i < parts.size(); ++i) guard = rarer(guard, parts[i].triggers.need);
  out.triggers = std::move(parts.front().triggers);
  out.triggers.guard = guard;
  out.triggers.need = rarer(out.triggers.need, guard);
  return out;
}

EngineBuilder::Part EngineBuilder::compile(const query::Node& node) {
  switch (node.kind) {
    case query::Node::Kind::phrase:
    case query::Node::Kind::exact: return leaf(words(node));
    case query::Node::Kind::prefix: return leaf(prefix(node));
    case query::Node::Kind::window: return leaf(window(node));
    case query::Node::Kind::near: return leaf(near(node));
    case query::Node::Kind::at_least: return leaf(at_least(node));
    case query::Node::Kind::all: return compile_all(node);
    case query::Node::Kind::any: return compile_any(node);
    case query::Node::Kind::negation: {
      Part out = compile(node.children.front());
      out.code.insert(out.code.begin(), pack(Op::none, 0));
      out.triggers = {};
      return out;
    }
    case query::Node::Kind::wildcard: {
      const std::string& pattern = node.tokens.front();
      const std::uint32_t number = interner_.prefix(pattern.substr(0, pattern.find_first_of("?*")));
      return leaf(opaque(node, rarest({&number, 1})));
    }
    case query::Node::Kind::property: return leaf(opaque(node, {}));
  }
  return leaf(opaque(node, {}));
}

void EngineBuilder::flatten(const query::Node& node, std::vector<const query::Node*>& out) {
  if (node.kind != query::Node::Kind::any) {
    out.push_back(&node);
    return;
  }
  for (const query::Node& child : node.children) flatten(child, out);
}

void EngineBuilder::add(const query::Node& query) {
  const std::uint32_t index = engine_.queries++;
  std::vector<const query::Node*> alternatives;
  flatten(query, alternatives);
  std::vector<Ref> direct;
  std::vector<Part> parts;
  for (const query::Node* one : alternatives) {
    Part part = compile(*one);
    const bool is_leaf = part.code.size() == 1 && part.triggers.cost != kNever;
    if (is_leaf) {
      direct.push_back(part.triggers.refs.front());
    } else {
      parts.push_back(std::move(part));
    }
  }
  std::ranges::sort(direct);
  direct.erase(std::unique(direct.begin(), direct.end()), direct.end());
  for (const Ref ref : direct) post(ref, pack(Posting::match, index), kAlways);
  if (parts.empty()) return;

  auto& code = engine_.code;
  const auto fragment = static_cast<std::uint32_t>(code.size());
  code.push_back(index);
  std::size_t size = 0;
  for (const Part& part : parts) size += part.code.size();
  if (parts.size() > 1) code.push_back(pack(Op::any, static_cast<std::uint32_t>(size)));
  for (const Part& part : parts) code.insert(code.end(), part.code.begin(), part.code.end());
  const bool unannounced = std::ranges::any_of(parts, [](const Part& part) { return part.triggers.cost == kNever; });
  if (unannounced) {
    engine_.always.push_back(fragment);
    return;
  }
  for (Part& part : parts) {
    auto& refs = part.triggers.refs;
    std::ranges::sort(refs);
    refs.erase(std::unique(refs.begin(), refs.end()), refs.end());
    for (const Ref ref : refs) post(ref, pack(Posting::test, fragment), part.triggers.guard);
  }
}

void EngineBuilder::post(Ref owner, std::uint32_t posting, std::uint32_t guard) {
  if (owner.is_term()) hang(owner.index());
  rows_.push_back({owner, posting, guard});
}

void EngineBuilder::hang(std::uint32_t term) {
  if (triggers_[term].is_hung) return;
  triggers_[term].is_hung = true;
  if (triggers_[term].is_pair) {
    const auto both = interner_.data(term);
    pairs_.push_back({both[0], both[1], term});
    return;
  }
  const TriggerSet triggers = triggers_[term].triggers;
  for (const Ref ref : triggers.refs) post(ref, pack(Posting::wake, term), triggers.guard);
}

Postings EngineBuilder::gather(bool of_terms, std::uint32_t owners) const {
  const auto has_guard = [](const Row& row) { return static_cast<Posting>(row.posting & 3U) != Posting::match; };
  Postings out;
  out.begins.assign(owners + 1, 0);
  for (const Row& row : rows_) {
    if (row.owner.is_term() == of_terms) out.begins[row.owner.index() + 1] += has_guard(row) ? 2 : 1;
  }
  for (std::size_t i = 1; i < out.begins.size(); ++i) out.begins[i] += out.begins[i - 1];
  out.words.resize(out.begins.back());
  std::vector<std::uint32_t> next(out.begins.begin(), out.begins.end() - 1);
  for (const Row& row : rows_) {
    if (row.owner.is_term() != of_terms) continue;
    std::uint32_t& at = next[row.owner.index()];
    out.words[at++] = row.posting;
    if (has_guard(row)) out.words[at++] = row.guard;
  }
  return out;
}

Engine EngineBuilder::finish() {
  engine_.numbers = interner_.numbers();
  engine_.terms = interner_.terms();
  engine_.by_number = gather(false, engine_.numbers);
  engine_.by_term = gather(true, engine_.terms);
  engine_.pairs = PairTable(pairs_, engine_.numbers);
  engine_.prefixes = PrefixTable(interner_.prefixes());
  engine_.words = interner_.take_words();
  engine_.term_begins = interner_.take_term_begins();
  engine_.term_data = interner_.take_term_data();
  engine_.term_begins.shrink_to_fit();
  engine_.term_data.shrink_to_fit();
  engine_.code.shrink_to_fit();
  engine_.always.shrink_to_fit();
  return std::move(engine_);
}

}  // namespace pw::match
