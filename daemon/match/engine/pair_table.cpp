#include "match/engine/pair_table.hpp"

#include "match/engine/token_hash.hpp"

#include <bit>

namespace pw::match {
namespace {

std::uint64_t place(std::uint32_t first, std::uint32_t second) {
  return hash_short(std::uint64_t{first} << 32U | second, kWholeKey);
}

}  // namespace

PairTable::PairTable(std::span<const Pair> pairs, std::size_t numbers) {
  if (pairs.empty()) return;
  roles_.assign(numbers, 0);
  slots_.assign(std::bit_ceil(2 * pairs.size()), Pair{0, 0, kNone});
  mask_ = slots_.size() - 1;
  for (const Pair& pair : pairs) {
    roles_[pair.first] |= kBegins;
    roles_[pair.second] |= kEnds;
    std::size_t at = place(pair.first, pair.second) & mask_;
    while (slots_[at].term != kNone) at = (at + 1) & mask_;
    slots_[at] = pair;
  }
}

std::uint32_t PairTable::find(std::uint32_t first, std::uint32_t second) const {
  for (std::size_t at = place(first, second) & mask_;; at = (at + 1) & mask_) {
    const Pair& slot = slots_[at];
    if (slot.term == kNone || (slot.first == first && slot.second == second)) return slot.term;
  }
}

}  // namespace pw::match
