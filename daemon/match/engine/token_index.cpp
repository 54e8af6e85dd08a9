#include "match/engine/token_index.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace pw::match {

std::uint32_t TokenIndex::number_of(std::string_view token) {
  const TokenHash hash = hash_token<true>(token);
  const auto tag = static_cast<std::uint32_t>(hash.hash >> 32U);
  for (std::uint32_t at = static_cast<std::uint32_t>(hash.hash) & mask_;; at = (at + 1) & mask_) {
    Slot& slot = slots_[at];
    if (slot.number == 0) {
      const auto number = static_cast<std::uint32_t>(distinct_.size());
      distinct_.push_back({hash, token.data(), static_cast<std::uint32_t>(token.size()), kNowhere, kNowhere, 0});
      slot = {tag, number + 1};
      return number;
    }
    if (slot.tag != tag) continue;
    const DistinctToken& known = distinct_[slot.number - 1];
    if (known.hash.key != hash.key || known.length != token.size()) continue;
    if (token.size() <= kWholeKey || std::memcmp(known.text, token.data(), token.size()) == 0) return slot.number - 1;
  }
}

void TokenIndex::add_field(const text::Tokens& tokens, std::uint32_t begin) {
  std::uint32_t position = begin;
  for (const text::Token& token : tokens.all()) {
    const std::uint32_t number = number_of(tokens.text(token));
    DistinctToken& one = distinct_[number];
    if (one.count++ == 0) {
      one.first = position;
    } else {
      next_[one.last] = position;
    }
    one.last = position;
    token_at_[position] = number;
    next_[position++] = kNowhere;
  }
}

void TokenIndex::read(const Document& document) {
  originals_ = {document.title, document.text};
  fields_[0].read(document.title);
  fields_[1].read(document.text);
  const std::size_t count = fields_[0].all().size() + fields_[1].all().size();
  const std::size_t slots = std::bit_ceil(2 * count + 2);
  mask_ = static_cast<std::uint32_t>(slots - 1);
  slots_.assign(slots, Slot{0, 0});
  distinct_.clear();
  token_at_.resize(count + 1);
  next_.resize(count + 1);
  text_begin_ = static_cast<std::uint32_t>(fields_[0].all().size()) + 1;
  add_field(fields_[0], 0);
  token_at_[text_begin_ - 1] = kNowhere;
  next_[text_begin_ - 1] = kNowhere;
  add_field(fields_[1], text_begin_);
  lead_end_ = static_cast<std::uint32_t>(std::min(document.text.find('\n'), document.text.size()));
}

}  // namespace pw::match
