#include "match/engine/search.hpp"

#include <algorithm>

namespace pw::match {

Search::TermView Search::term(std::uint32_t index) const {
  const std::uint32_t* data = engine_.term_data.data() + engine_.term_begins[index];
  const TermHeader header = TermHeader::unpack(*data);
  return {header, {data + 1, header.size}};
}

bool Search::in_field(query::Field field, std::uint32_t first, std::uint32_t last) const {
  switch (field) {
    case query::Field::any: return true;
    case query::Field::title: return tokens_->in_title(first);
    case query::Field::text: return !tokens_->in_title(first);
    case query::Field::lead: return tokens_->in_lead(last);
  }
  return false;
}

/// Calls `found` with the first and last position of each occurrence of the phrase until it returns true.
template <class F>
bool Search::each_phrase(std::span<const std::uint32_t> numbers, query::Field field, F&& found) {
  const auto distinct = tokens_->distinct();
  phrase_.clear();
  std::uint32_t anchor = 0;
  for (const std::uint32_t number : numbers) {
    if (present_.get(number) == 0) return false;
    phrase_.push_back(where_[number]);
    if (distinct[phrase_.back()].count < distinct[phrase_[anchor]].count) {
      anchor = static_cast<std::uint32_t>(phrase_.size() - 1);
    }
  }
  const auto size = static_cast<std::uint32_t>(phrase_.size());
  for (std::uint32_t at = distinct[phrase_[anchor]].first; at != kNowhere; at = tokens_->next(at)) {
    if (at < anchor || size - anchor > tokens_->size() - at) continue;
    const std::uint32_t first = at - anchor;
    std::uint32_t same = 0;
    while (same < size && tokens_->token_at(first + same) == phrase_[same]) ++same;
    if (same == size && in_field(field, first, first + size - 1) && found(first, first + size - 1)) return true;
  }
  return false;
}

/// For terms with positions of their own: fielded, phrase and exact.
template <class F>
bool Search::each_place(const TermView& view, F&& found) {
  const query::Field field = view.header.field;
  if (view.header.kind == TermKind::phrase) return each_phrase(view.data, field, found);
  if (view.header.kind == TermKind::exact) {
    const Engine::Spelling& spelling = engine_.spellings[view.data[0]];
    return each_phrase(view.data.subspan(1), field, [&](std::uint32_t first, std::uint32_t last) {
      return is_written_at(tokens_->field_text(first), tokens_->begin(first), spelling.before, spelling.text) &&
             found(first, last);
    });
  }
  const auto distinct = tokens_->distinct();
  const auto in_token = [&](std::uint32_t token) {
    for (std::uint32_t at = distinct[token].first; at != kNowhere; at = tokens_->next(at)) {
      if (in_field(field, at, at) && found(at, at)) return true;
    }
    return false;
  };
  const std::uint32_t number = view.data[0];
  if (present_.get(number) == 0) return false;
  if ((where_[number] & kPrefix) == 0) return in_token(where_[number]);
  for (std::uint32_t hit = where_[number] & ~kPrefix; hit != kNowhere; hit = prefix_hits_[hit].next) {
    if (in_token(prefix_hits_[hit].token)) return true;
  }
  return false;
}

void Search::places_of_any(std::span<const std::uint32_t> refs, std::vector<Span>& out) {
  out.clear();
  const auto add = [&out](std::uint32_t first, std::uint32_t last) {
    out.push_back({first, last});
    return false;
  };
  for (const std::uint32_t word : refs) {
    const Ref ref(word);
    if (ref.is_term()) {
      each_place(term(ref.index()), add);
    } else {
      const std::uint32_t number = ref.index();
      each_place({{TermKind::fielded, query::Field::any}, {&number, 1}}, add);
    }
  }
  if (!std::ranges::is_sorted(out)) std::ranges::sort(out);
}

bool Search::has_near(const TermView& view) {
  const std::uint32_t n = view.data[0];
  const std::uint32_t left = view.data[1];
  places_of_any(view.data.subspan(2, left), left_);
  if (left_.empty()) return false;
  places_of_any(view.data.subspan(2 + left), right_);
  std::uint64_t longest = 0;
  for (const Span& span : right_) longest = std::max<std::uint64_t>(longest, span.last - span.first + 1);
  const std::uint64_t reach = n + longest + 1;
  auto from = right_.begin();
  for (const Span& a : left_) {
    // Both sides are in ascending order, so what is too far before this position is too far before all later ones.
    const bool in_title = tokens_->in_title(a.first);
    const auto is_past = [&](const Span& b) {
      return b.first + reach < a.first || (view.header.ordered && b.first <= a.first) ||
             (tokens_->in_title(b.first) && !in_title);
    };
    while (from != right_.end() && is_past(*from)) ++from;
    for (auto b = from; b != right_.end() && b->first <= std::uint64_t{a.last} + n + 1; ++b) {
      if (tokens_->in_title(b->first) != in_title) break;
      const bool after = b->first > a.last;
      const bool before = a.first > b->last && !view.header.ordered;
      if (!after && !before) continue;
      const std::uint32_t gap = after ? b->first - a.last - 1 : a.first - b->last - 1;
      if (gap <= n) return true;
    }
  }
  return false;
}

bool Search::has_at_least(const TermView& view) {
  places_of_any(view.data.subspan(1), left_);
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < left_.size(); ++i) {
    if (i == 0 || left_[i] != left_[i - 1]) ++count;
  }
  return count >= view.data[0];
}

/// Looks for a window in one field, with at most n other tokens, that contains a distinct position for each word, in
/// any order.
bool Search::has_window(const TermView& view) {
  const std::span<const std::uint32_t> words = view.data.subspan(1);
  const auto distinct = tokens_->distinct();
  phrase_.clear();
  wanted_.clear();
  for (const std::uint32_t word : words) {
    if (present_.get(word) == 0) return false;
    const auto same = std::ranges::find(phrase_, where_[word]);
    if (same != phrase_.end()) {
      ++wanted_[static_cast<std::size_t>(same - phrase_.begin())];
    } else {
      phrase_.push_back(where_[word]);
      wanted_.push_back(1);
    }
  }
  events_.clear();
  for (std::uint32_t i = 0; i < phrase_.size(); ++i) {
    for (std::uint32_t at = distinct[phrase_[i]].first; at != kNowhere; at = tokens_->next(at)) {
      if (in_field(view.header.field, at, at)) events_.emplace_back(at, i);
    }
  }
  std::ranges::sort(events_);
  have_.assign(phrase_.size(), 0);
  const std::uint64_t size = words.size() + std::uint64_t{view.data[0]};
  std::size_t missing = words.size();
  std::size_t begin = 0;
  for (const auto& [place, word] : events_) {
    if (have_[word]++ < wanted_[word]) --missing;
    const bool in_title = tokens_->in_title(place);
    while (place - events_[begin].first >= size || tokens_->in_title(events_[begin].first) != in_title) {
      const std::uint32_t leaving = events_[begin++].second;
      if (have_[leaving]-- <= wanted_[leaving]) ++missing;
    }
    if (missing == 0) return true;
  }
  return false;
}

bool Search::has_opaque(const TermView& view) {
  const Compiled& query = engine_.opaque[view.data[0]];
  if (query.node.kind == query::Node::Kind::property) return property_holds(query.node, *document_);
  if (!is_read_) reading_->read(*document_);
  is_read_ = true;
  const bool found = evaluate(query, *reading_);
  if (query.node.kind == query::Node::Kind::near && reading_->steps().used_up()) is_known_ = false;
  return found;
}

bool Search::find_out(std::uint32_t index) {
  const TermView view = term(index);
  switch (view.header.kind) {
    case TermKind::fielded:
    case TermKind::phrase:
    case TermKind::exact: return each_place(view, [](std::uint32_t, std::uint32_t) { return true; });
    case TermKind::window: return has_window(view);
    case TermKind::near: return has_near(view);
    case TermKind::at_least: return has_at_least(view);
    case TermKind::opaque: return has_opaque(view);
  }
  return false;
}

}  // namespace pw::match
