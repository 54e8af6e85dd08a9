#include "match/engine/position_index.hpp"

#include "match/engine/bounds.hpp"

#include <algorithm>

namespace pw::match {

std::uint32_t Vocabulary::add_word(const std::string& word) {
  const auto [at, is_new] = words_.try_emplace(word, next_);
  if (is_new) ++next_;
  return at->second;
}

std::uint32_t Vocabulary::add_prefix(const std::string& prefix) {
  const auto [at, is_new] = prefixes_.try_emplace(prefix, next_);
  if (is_new) {
    ++next_;
    const auto length = std::ranges::lower_bound(lengths_, prefix.size());
    if (length == lengths_.end() || *length != prefix.size()) lengths_.insert(length, prefix.size());
  }
  return at->second;
}

std::uint32_t Vocabulary::word(std::string_view text) const {
  const auto found = words_.find(text);
  return found == words_.end() ? 0 : found->second;
}

void PositionIndex::note(std::uint32_t number, std::size_t field, std::uint32_t position) {
  auto& heads = heads_[number];
  if (heads[0] == kNone && heads[1] == kNone) seen_.push_back(number);
  places_.push_back({position, heads[field]});
  heads[field] = static_cast<std::uint32_t>(places_.size() - 1);
}

void PositionIndex::read(const Document& document) {
  for (const std::uint32_t number : seen_) heads_[number] = {kNone, kNone};
  seen_.clear();
  places_.clear();
  units_ = {};
  steps_ = Steps(most_steps_);
  document_ = document;
  texts_ = {document.title, document.text};
  lead_end_ = static_cast<std::uint32_t>(std::min(document.text.find('\n'), document.text.size()));
  for (std::size_t field = 0; field < texts_.size(); ++field) {
    tokens_[field].read(texts_[field]);
    words_[field].clear();
    for (const text::Token& token : tokens_[field].all()) {
      const auto position = static_cast<std::uint32_t>(words_[field].size());
      const std::string_view text = tokens_[field].text(token);
      const std::uint32_t word = vocabulary_.word(text);
      words_[field].push_back(word);
      if (word != 0) note(word, field, position);
      vocabulary_.prefixes(text, [&](std::uint32_t prefix) { note(prefix, field, position); });
    }
  }
}

void PositionIndex::positions(std::uint32_t number, std::size_t field, std::vector<std::uint32_t>& out) const {
  out.clear();
  if (number == 0) return;
  for (std::uint32_t at = heads_[number][field]; at != kNone; at = places_[at].next)
    out.push_back(places_[at].position);
  std::ranges::reverse(out);
}

const std::vector<std::uint32_t>& PositionIndex::unit_ends(std::size_t field, query::Reach reach) const {
  auto& units = units_[2 * field + (reach == query::Reach::paragraph ? 1 : 0)];
  if (!units) units = match::unit_ends(texts_[field], reach);
  return *units;
}

std::string_view PositionIndex::original(std::size_t field, Span span) const {
  const std::uint32_t begin = token(field, span.first).begin;
  return texts_[field].substr(begin, token(field, span.last).end - begin);
}

}  // namespace pw::match
