#include "match/engine/search.hpp"

#include <algorithm>

namespace pw::match {
namespace {

/// How many steps ahead memory is prefetched.
constexpr std::size_t kAhead = 8;

}  // namespace

Search::Search(const Engine& engine)
    : engine_(engine),
      present_(engine.numbers),
      terms_(engine.terms),
      queries_(engine.queries),
      where_(engine.numbers, 0) {
  if (!engine.opaque.empty()) reading_ = std::make_unique<PositionIndex>(engine.opaque_words);
}

void Search::note_number(std::uint32_t number, std::uint32_t where) {
  present_.set(number, 1);
  where_[number] = where;
  seen_.push_back(number);
  __builtin_prefetch(&engine_.by_number.begins[number]);
}

void Search::look_up() {
  const auto distinct = tokens_->distinct();
  numbers_.resize(distinct.size());
  for (std::size_t i = 0; i < std::min(kAhead, distinct.size()); ++i) engine_.words.prefetch(distinct[i].hash);
  for (std::size_t i = 0; i < distinct.size(); ++i) {
    if (i + kAhead < distinct.size()) engine_.words.prefetch(distinct[i + kAhead].hash);
    numbers_[i] = engine_.words.find(distinct[i].hash, distinct[i].view());
    if (numbers_[i] != Dictionary::kUnknown) note_number(numbers_[i], static_cast<std::uint32_t>(i));
  }
}

void Search::look_up_prefixes() {
  const auto distinct = tokens_->distinct();
  for (std::uint32_t i = 0; i < distinct.size(); ++i) {
    engine_.prefixes.find(distinct[i].view(), [&](std::uint32_t number) {
      const auto hit = static_cast<std::uint32_t>(prefix_hits_.size());
      if (present_.get(number) == 0) {
        prefix_hits_.push_back({i, kNowhere});
        note_number(number, kPrefix | hit);
      } else {
        prefix_hits_.push_back({i, where_[number] & ~kPrefix});
        where_[number] = kPrefix | hit;
      }
    });
  }
}

void Search::look_up_pairs() {
  bool begun = false;
  std::uint32_t before = 0;
  for (std::uint32_t position = 0; position < tokens_->size(); ++position) {
    const std::uint32_t token = tokens_->token_at(position);
    const std::uint32_t number = token == kNowhere ? Dictionary::kUnknown : numbers_[token];
    if (number == Dictionary::kUnknown) {
      begun = false;
      continue;
    }
    if (begun && engine_.pairs.ends(number)) {
      const std::uint32_t term = engine_.pairs.find(before, number);
      if (term != PairTable::kNone && terms_.get(term) == 0) {
        terms_.set(term, kFired);
        pairs_.push_back(term);
      }
    }
    begun = engine_.pairs.begins(number);
    before = number;
  }
}

void Search::run(const TokenIndex& tokens, const Document& document, std::vector<std::uint32_t>& out) {
  tokens_ = &tokens;
  document_ = &document;
  out_ = &out;
  is_read_ = false;
  present_.forget();
  terms_.forget();
  queries_.forget();
  seen_.clear();
  prefix_hits_.clear();
  pairs_.clear();
  undecided_.clear();

  note_number(kAlways, 0);
  look_up();
  if (!engine_.prefixes.empty()) look_up_prefixes();
  if (!engine_.pairs.empty()) look_up_pairs();
  const auto& by_number = engine_.by_number;
  for (std::size_t i = 0; i < seen_.size(); ++i) {
    if (i + kAhead < seen_.size()) __builtin_prefetch(by_number.words.data() + by_number.begins[seen_[i + kAhead]]);
    fire(by_number.of(seen_[i]));
  }
  for (const std::uint32_t term : pairs_) fire(engine_.by_term.of(term));
  for (const std::uint32_t fragment : engine_.always) test(fragment);
  std::erase_if(undecided_, [this](std::uint32_t query) { return (queries_.get(query) & kMatched) != 0; });
  std::ranges::sort(undecided_);
  undecided_.erase(std::unique(undecided_.begin(), undecided_.end()), undecided_.end());
}

void Search::fire(std::span<const std::uint32_t> postings, bool is_known) {
  for (std::size_t i = 0; i < postings.size();) {
    const std::uint32_t word = postings[i++];
    const auto kind = static_cast<Posting>(word & 3U);
    if (kind == Posting::match) {
      if (is_known) {
        match(word >> 2U);
      } else {
        leave_undecided(word >> 2U);
      }
      continue;
    }
    const std::uint32_t guard = postings[i++];
    if (present_.get(guard) == 0) continue;
    if (kind == Posting::test) {
      test(word >> 2U);
    } else {
      wake(word >> 2U);
    }
  }
}

void Search::match(std::uint32_t query) {
  if ((queries_.get(query) & kMatched) != 0) return;
  queries_.set(query, kMatched);
  out_->push_back(query);
}

/// The query may still match through another of its terms.
void Search::leave_undecided(std::uint32_t query) { undecided_.push_back(query); }

void Search::test(std::uint32_t fragment) {
  const std::uint32_t* code = engine_.code.data() + fragment;
  const std::uint32_t query = *code++;
  if (queries_.get(query) != 0) return;
  queries_.set(query, kTried);
  const bool found = holds(code);
  if (!is_known_) {
    leave_undecided(query);
  } else if (found) {
    match(query);
  }
}

void Search::wake(std::uint32_t term) {
  const unsigned known = terms_.get(term);
  if (known == kFired || known == kFalse) return;
  is_known_ = true;
  if (known == 0 && !find_out(term) && is_known_) {
    terms_.set(term, kFalse);
    return;
  }
  const bool is_known = is_known_;
  if (is_known) terms_.set(term, kFired);
  fire(engine_.by_term.of(term), is_known);
}

bool Search::holds(Ref ref) {
  is_known_ = true;
  if (!ref.is_term()) return present_.get(ref.index()) != 0;
  const unsigned known = terms_.get(ref.index());
  if (known != 0) return known != kFalse;
  const bool found = find_out(ref.index());
  if (is_known_) terms_.set(ref.index(), found ? kTrue : kFalse);
  return found;
}

/// An OR is known once a child is true, an AND once a child is false, even if other children are unknown.
bool Search::holds(const std::uint32_t*& code) {
  const std::uint32_t word = *code++;
  const std::uint32_t operand = word >> 2U;
  const Op op = static_cast<Op>(word & 3U);
  if (op == Op::leaf) return holds(Ref(operand));
  if (op == Op::none) return !holds(code);
  const bool decides = op == Op::any;
  bool all_known = true;
  for (const std::uint32_t* end = code + operand; code != end;) {
    const bool found = holds(code);
    if (is_known_ && found == decides) {
      code = end;
      return decides;
    }
    all_known = all_known && is_known_;
  }
  is_known_ = all_known;
  return !decides;
}

}  // namespace pw::match
