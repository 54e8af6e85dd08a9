#include "match/engine/near_search.hpp"

#include <algorithm>

namespace pw::match {
namespace {

using Kind = query::Node::Kind;

bool has_near(const Compiled& query) {
  return query.node.kind == Kind::near || std::ranges::any_of(query.children, has_near);
}

}  // namespace

NearSearch::NearSearch(const Compiled& near, const PositionIndex& reading, std::size_t field)
    : reading_(reading), field_(field), size_(reading.length(field)) {
  if (near.node.reach != query::Reach::tokens) read_units(near.node.reach);
  root_ = read(near);
}

void NearSearch::read_units(query::Reach reach) {
  const auto& ends = reading_.unit_ends(field_, reach);
  unit_first_.resize(size_);
  unit_last_.resize(size_);
  std::size_t unit = 0;
  std::uint32_t first = 0;
  for (std::uint32_t at = 0; at < size_; ++at) {
    const std::uint32_t begin = reading_.token(field_, at).begin;
    if (begin >= ends[unit]) first = at;
    while (begin >= ends[unit]) ++unit;
    unit_first_[at] = first;
  }
  for (std::uint32_t at = size_; at-- > 0;) {
    const bool is_last = at + 1 == size_ || unit_first_[at + 1] != unit_first_[at];
    unit_last_[at] = is_last ? at : unit_last_[at + 1];
  }
}

NearSearch::Side NearSearch::read(const Compiled& query) {
  Side out;
  out.query = &query;
  out.ones = Positions(size_);
  if (has_near(query)) {
    for (const Compiled& child : query.children) out.parts.push_back(read(child));
  } else {
    read_leaves(query, out);
  }
  return out;
}

void NearSearch::read_leaves(const Compiled& query, Side& out) {
  if (query.node.kind != Kind::any) return add_leaf(query, out);
  for (const Compiled& child : query.children) read_leaves(child, out);
}

void NearSearch::add_leaf(const Compiled& query, Side& out) {
  Leaf leaf{&query, spans(query, reading_, field_), {}};
  const auto is_parted = [this](const Span& span) {
    return !unit_first_.empty() && unit_first_[span.first] != unit_first_[span.last];
  };
  std::erase_if(leaf.places, is_parted);
  if (leaf.places.empty() || !reading_.steps().take(leaf.places.size())) return;
  for (const Span& span : leaf.places) {
    if (span.first == span.last) {
      out.ones.add(span.first);
    } else {
      out.longer.push_back(span);
    }
  }
  leaf.is_part.resize(leaf.places.size());
  out.leaves.push_back(std::move(leaf));
}

Positions NearSearch::all() const {
  Positions out(size_);
  if (size_ > 0) out.add_range(0, size_ - 1);
  return out;
}

Positions NearSearch::ends(const Side& side, const Positions& from, Way way) const {
  Positions out(size_);
  if (!reading_.steps().take(from.words() + side.longer.size() + 1) || from.none()) return out;
  const bool forward = way == Way::forward;
  if (side.query->node.kind == Kind::near) {
    const query::Node& near = side.query->node;
    const Side& left = side.parts[forward ? 0 : 1];
    const Side& right = side.parts[forward ? 1 : 0];
    out = ends(right, reach(near, ends(left, from, way), way), way);
    if (!near.ordered) out |= ends(left, reach(near, ends(right, from, way), way), way);
    return out;
  }
  for (const Side& part : side.parts) out |= ends(part, from, way);
  if (!side.parts.empty()) return out;
  out |= side.ones;
  out &= from;
  for (const Span& span : side.longer) {
    if (from.has(forward ? span.first : span.last)) out.add(forward ? span.last : span.first);
  }
  return out;
}

/// Where the other operand may start after these ends, or end before these starts.
Positions NearSearch::reach(const query::Node& near, const Positions& from, Way way) const {
  Positions out(size_);
  std::uint64_t steps = from.words();
  const std::uint64_t far = near.reach == query::Reach::tokens ? std::uint64_t{near.n} + 1 : size_;
  std::uint64_t done = 0;  // everything before it is already in the set or never will be
  from.each([&](std::uint32_t at) {
    ++steps;
    const bool forward = way == Way::forward;
    std::uint64_t first = forward ? std::uint64_t{at} + 1 : (at > far ? at - far : 0);
    std::uint64_t behind = forward ? std::min<std::uint64_t>(size_, at + far + 1) : at;
    if (!unit_first_.empty()) {
      first = std::max<std::uint64_t>(first, unit_first_[at]);
      behind = std::min<std::uint64_t>(behind, std::uint64_t{unit_last_[at]} + 1);
    }
    first = std::max(first, done);
    if (first < behind) out.add_range(static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(behind - 1));
    done = std::max(done, behind);
  });
  return reading_.steps().take(steps) ? out : Positions(size_);
}

bool NearSearch::holds() const { return !ends(root_, all(), Way::forward).none() && !reading_.steps().used_up(); }

std::optional<std::uint32_t> NearSearch::least_gap(const Side& before, const Side& behind) const {
  const Positions lefts = ends(before, all(), Way::forward);
  const Positions rights = ends(behind, all(), Way::back);
  std::optional<std::uint32_t> out;
  std::optional<std::uint32_t> last;
  for (std::uint32_t at = 0; at < size_; ++at) {
    if (last && rights.has(at)) out = std::min(out.value_or(size_), at - *last - 1);
    if (lefts.has(at)) last = at;
  }
  return out;
}

NearSearch::Gaps NearSearch::least_gaps() const {
  return {least_gap(root_.parts[0], root_.parts[1]), least_gap(root_.parts[1], root_.parts[0])};
}

void NearSearch::each_place(const Use& use) {
  mark(root_, all(), all());
  tell(root_, use);
}

/// Marks the leaves that are part of an occurrence of `side` with permitted start and end.
void NearSearch::mark(Side& side, const Positions& begins, const Positions& ends_at) {
  if (side.query->node.kind == Kind::near) {
    const query::Node& near = side.query->node;
    mark_in_order(near, side.parts[0], side.parts[1], begins, ends_at);
    if (!near.ordered) mark_in_order(near, side.parts[1], side.parts[0], begins, ends_at);
    return;
  }
  for (Side& part : side.parts) mark(part, begins, ends_at);
  std::uint64_t places = 1;
  for (const Leaf& leaf : side.leaves) places += leaf.places.size();
  if (reading_.steps().take(places)) mark_leaves(side, begins, ends_at);
}

void NearSearch::mark_in_order(const query::Node& near, Side& before, Side& behind, const Positions& begins,
                               const Positions& ends_at) {
  Positions lefts = ends(before, begins, Way::forward);
  Positions rights = ends(behind, ends_at, Way::back);
  const Positions from_left = reach(near, lefts, Way::forward);
  lefts &= reach(near, rights, Way::back);
  rights &= from_left;
  if (lefts.none()) return;
  mark(before, begins, lefts);
  mark(behind, rights, ends_at);
}

void NearSearch::mark_leaves(Side& side, const Positions& begins, const Positions& ends_at) {
  for (Leaf& leaf : side.leaves) {
    for (std::size_t i = 0; i < leaf.places.size(); ++i) {
      const Span& span = leaf.places[i];
      if (begins.has(span.first) && ends_at.has(span.last)) leaf.is_part[i] = true;
    }
  }
}

void NearSearch::tell(const Side& side, const Use& use) {
  for (const Side& part : side.parts) tell(part, use);
  for (const Leaf& leaf : side.leaves) {
    for (std::size_t i = 0; i < leaf.places.size(); ++i) {
      if (leaf.is_part[i]) use(*leaf.query, leaf.places[i]);
    }
  }
}

}  // namespace pw::match
