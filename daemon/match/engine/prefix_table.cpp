#include "match/engine/prefix_table.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace pw::match {
namespace {

/// About sixteen groups per prefix, selected by at most the first two bytes.
unsigned group_bits(std::size_t prefixes) {
  return std::clamp(static_cast<unsigned>(std::bit_width(prefixes)) + 4, 8U, 16U);
}

/// The first bytes as an integer with the same sort order. Reads eight bytes.
std::uint64_t key_of(const char* text, std::size_t size) {
  std::uint64_t raw = 0;
  std::memcpy(&raw, text, sizeof raw);
  const std::uint64_t key = __builtin_bswap64(raw);
  return size >= sizeof raw ? key : size == 0 ? 0 : key >> (64 - 8 * size) << (64 - 8 * size);
}

}  // namespace

PrefixTable::PrefixTable(std::vector<std::pair<std::string, std::uint32_t>> prefixes) {
  if (prefixes.empty()) return;
  std::ranges::sort(prefixes);
  const unsigned bits = group_bits(prefixes.size());
  shift_ = 64 - bits;
  const std::size_t groups = std::size_t{1} << bits;
  firsts_.assign(groups + 1, 0);
  std::vector<std::uint32_t> open;
  for (auto& [prefix, number] : prefixes) {
    const auto at = static_cast<std::uint32_t>(rows_.size());
    while (!open.empty() && !std::string_view(prefix).starts_with(prefixes[open.back()].first)) open.pop_back();
    rows_.push_back({number, open.empty() ? kNone : open.back(), static_cast<std::uint32_t>(text_.size()),
                     static_cast<std::uint32_t>(prefix.size())});
    open.push_back(at);
    text_ += prefix;
    std::string padded = prefix;
    padded.resize(std::max(padded.size(), kKeyBytes));
    keys_.push_back(key_of(padded.data(), prefix.size()));
    ++firsts_[(keys_.back() >> shift_) + 1];
  }
  for (std::size_t i = 1; i <= groups; ++i) firsts_[i] += firsts_[i - 1];
  keys_.shrink_to_fit();
  rows_.shrink_to_fit();
  text_.shrink_to_fit();
}

bool PrefixTable::begins(const Row& row, std::uint32_t at, std::string_view word, std::uint64_t key) const {
  if (row.size > word.size()) return false;
  if (row.size <= kKeyBytes)
    return row.size == kKeyBytes ? keys_[at] == key : (keys_[at] ^ key) >> (64 - 8 * row.size) == 0;
  return keys_[at] == key && word.starts_with(text(row));
}

std::uint32_t PrefixTable::longest(std::string_view word) const {
  if (word.empty()) return kNone;
  const std::uint64_t key = key_of(word.data(), word.size());
  const auto bucket = static_cast<std::size_t>(key >> shift_);
  const auto begin = keys_.begin() + firsts_[bucket];
  const auto end = keys_.begin() + firsts_[bucket + 1];
  // Among equal keys, the prefix may be longer than the key and sort before or after the word.
  auto behind = std::upper_bound(begin, end, key);
  if (word.size() > kKeyBytes && behind != begin && *(behind - 1) == key) {
    const auto equal = std::lower_bound(begin, behind, key);
    const auto row = [&](auto it) { return rows_.begin() + (it - keys_.begin()); };
    const auto last = std::upper_bound(row(equal), row(behind), word,
                                       [this](std::string_view one, const Row& other) { return one < text(other); });
    behind = keys_.begin() + (last - rows_.begin());
  }
  if (behind == keys_.begin()) return kNone;
  for (auto at = static_cast<std::uint32_t>(behind - keys_.begin() - 1); at != kNone; at = rows_[at].parent) {
    if (begins(rows_[at], at, word, key)) return at;
  }
  return kNone;
}

std::size_t PrefixTable::bytes() const {
  return keys_.capacity() * sizeof(keys_[0]) + rows_.capacity() * sizeof(Row) +
         firsts_.capacity() * sizeof(firsts_[0]) + text_.capacity();
}

}  // namespace pw::match
