#include "match/engine/dictionary.hpp"

#include <cstring>
#include <utility>

namespace pw::match {
namespace {

constexpr std::size_t kFirstSlots = 16;

}  // namespace

Dictionary::Dictionary() : slots_(kFirstSlots), mask_(kFirstSlots - 1) {}

std::string_view Dictionary::long_word(const Slot& slot) const {
  const char* at = long_words_.data() + (slot.size_or_place - kWholeKey);
  std::uint32_t size = 0;
  std::memcpy(&size, at, sizeof size);
  return {at + sizeof size, size};
}

bool Dictionary::holds(const Slot& slot, const TokenHash& hash, std::string_view word) const {
  if (slot.key != hash.key) return false;
  if (word.size() <= kWholeKey) return slot.size_or_place == word.size();
  return slot.size_or_place >= kWholeKey + 1 && long_word(slot) == word;
}

std::uint32_t Dictionary::find(const TokenHash& hash, std::string_view word) const {
  for (std::uint64_t at = hash.hash & mask_;; at = (at + 1) & mask_) {
    const Slot& slot = slots_[at];
    if (slot.number == kUnknown) return kUnknown;
    if (holds(slot, hash, word)) return slot.number;
  }
}

void Dictionary::place(const Slot& slot, std::uint64_t hash) {
  std::uint64_t at = hash & mask_;
  while (slots_[at].number != kUnknown) at = (at + 1) & mask_;
  slots_[at] = slot;
}

void Dictionary::grow() {
  std::vector<Slot> old(2 * slots_.size());
  old.swap(slots_);
  mask_ = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.number == kUnknown) continue;
    const bool is_short = slot.size_or_place <= kWholeKey;
    place(slot, is_short ? hash_short(slot.key, slot.size_or_place) : slot.key);
  }
}

void Dictionary::insert(const TokenHash& hash, std::string_view word, std::uint32_t number) {
  if (4 * (count_ + 1) > 3 * slots_.size()) grow();
  ++count_;
  Slot slot{hash.key, number, static_cast<std::uint32_t>(word.size())};
  if (word.size() > kWholeKey) {
    if (long_words_.empty()) long_words_.push_back('\0');  // so that no offset is 0
    slot.size_or_place = static_cast<std::uint32_t>(kWholeKey + long_words_.size());
    const auto size = static_cast<std::uint32_t>(word.size());
    long_words_.append(reinterpret_cast<const char*>(&size), sizeof size);
    long_words_.append(word);
  }
  place(slot, hash.hash);
}

}  // namespace pw::match
