#include "match/engine/interner.hpp"

#include <algorithm>

namespace pw::match {
namespace {

constexpr std::size_t kFirstSlots = 64;

}  // namespace

Interner::Interner(const Frequencies& frequencies) : frequencies_(frequencies), slots_(kFirstSlots, 0) {
  shares_.push_back(1);  // kAlways
}

std::uint32_t Interner::word(std::string_view text) {
  const TokenHash hash = hash_token(text);
  const std::uint32_t known = words_.find(hash, text);
  if (known != Dictionary::kUnknown) return known;
  const std::uint32_t number = numbers();
  words_.insert(hash, text, number);
  shares_.push_back(static_cast<float>(frequencies_.of_word(text)));
  return number;
}

std::uint32_t Interner::prefix(const std::string& text) {
  const auto [at, is_new] = prefixes_.try_emplace(text, numbers());
  if (is_new) shares_.push_back(static_cast<float>(Frequencies::of_prefix(text)));
  return at->second;
}

std::vector<std::pair<std::string, std::uint32_t>> Interner::prefixes() const {
  return {prefixes_.begin(), prefixes_.end()};
}

std::span<const std::uint32_t> Interner::stored(std::uint32_t term) const {
  const std::uint32_t* begin = term_data_.data() + term_begins_[term];
  return {begin, TermHeader::unpack(*begin).size + 1};
}

std::span<const std::uint32_t> Interner::data(std::uint32_t term) const { return stored(term).subspan(1); }

std::uint64_t Interner::hash(std::span<const std::uint32_t> words) {
  return hash_token({reinterpret_cast<const char*>(words.data()), words.size_bytes()}).hash;
}

void Interner::grow() {
  std::vector<std::uint32_t> slots(2 * slots_.size(), 0);
  for (std::uint32_t term = 0; term < terms(); ++term) {
    std::size_t at = hash(stored(term)) % slots.size();
    while (slots[at] != 0) at = (at + 1) % slots.size();
    slots[at] = term + 1;
  }
  slots_ = std::move(slots);
}

Interner::Term Interner::term(const TermHeader& header, std::span<const std::uint32_t> data) {
  if (2 * (term_begins_.size() + 1) > slots_.size()) grow();
  const std::size_t begin = term_data_.size();
  TermHeader sized = header;
  sized.size = static_cast<std::uint32_t>(data.size());
  term_data_.push_back(sized.pack());
  term_data_.insert(term_data_.end(), data.begin(), data.end());
  const std::span<const std::uint32_t> wanted = std::span(term_data_).subspan(begin);
  std::size_t at = hash(wanted) % slots_.size();
  for (; slots_[at] != 0; at = (at + 1) % slots_.size()) {
    if (!std::ranges::equal(stored(slots_[at] - 1), wanted)) continue;
    term_data_.resize(begin);
    return {slots_[at] - 1, false};
  }
  term_begins_.push_back(static_cast<std::uint32_t>(begin));
  slots_[at] = terms();
  return {terms() - 1, true};
}

}  // namespace pw::match
