#include "stories/story_index.hpp"

#include "core/text.hpp"
#include "stories/shingles.hpp"

#include <algorithm>
#include <limits>
#include <string>

namespace pw::stories {

namespace {

constexpr std::size_t kMaxText = 64 * 1024;
/// Articles that share a band beyond this number are copies of one text; any of them identifies the story.
constexpr std::size_t kMaxBucket = 64;
constexpr std::uint32_t kNoHash = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15ULL;

/// Odd multipliers and offsets for a family of multiply-shift hashes.
template <std::size_t N>
constexpr std::array<std::uint64_t, N> constants(std::uint64_t seed, std::uint64_t set_bits) {
  std::array<std::uint64_t, N> values{};
  for (auto& value : values) value = mix(seed += kGolden) | set_bits;
  return values;
}

std::uint64_t hash_bytes(std::string_view bytes) {
  std::uint64_t hash = bytes.size();
  for (const char c : bytes) hash = mix(hash + static_cast<unsigned char>(c) + kGolden);
  return hash;
}

}  // namespace

StoryIndex::Signature StoryIndex::sign(std::string_view title, std::string_view text) {
  static constexpr auto kFactors = constants<kHashes>(1, 1);
  static constexpr auto kOffsets = constants<kHashes>(2, 0);
  Signature signature;
  signature.fill(kNoHash);
  const auto take = [&signature](std::uint64_t shingle) {
    for (std::size_t i = 0; i < kHashes; ++i) {
      const auto hash = static_cast<std::uint32_t>((shingle * kFactors[i] + kOffsets[i]) >> 32);
      signature[i] = std::min(signature[i], hash);
    }
  };
  for_each_shingle(utf8_prefix(title, kMaxText), take);
  for_each_shingle(utf8_prefix(text, kMaxText), take);
  return signature;
}

bool StoryIndex::has_words(const Signature& signature) {
  return std::ranges::any_of(signature, [](std::uint32_t hash) { return hash != kNoHash; });
}

std::array<std::uint64_t, StoryIndex::kBands> StoryIndex::bands(const Entry& entry) {
  std::array<std::uint64_t, kBands> hashes{};
  for (std::size_t band = 0; band < kBands; ++band) {
    std::uint64_t hash = entry.language + band;
    for (std::size_t row = 0; row < kBandRows; ++row)
      hash = mix(hash + kGolden) + entry.signature[band * kBandRows + row];
    hashes[band] = mix(hash);
  }
  return hashes;
}

double StoryIndex::similarity(const Signature& a, const Signature& b) {
  std::size_t equal = 0;
  for (std::size_t i = 0; i < kHashes; ++i) equal += a[i] == b[i] ? 1 : 0;
  return static_cast<double>(equal) / static_cast<double>(kHashes);
}

StoryIndex::Nearest StoryIndex::nearest(const Entry& wanted) const {
  Nearest best;
  for (const std::uint64_t band : bands(wanted)) {
    const auto bucket = buckets_.find(band);
    if (bucket == buckets_.end()) continue;
    for (const std::uint64_t number : bucket->second) {
      const Entry& entry = articles_[number - first_];
      const Milliseconds apart = entry.time > wanted.time ? entry.time - wanted.time : wanted.time - entry.time;
      if (entry.language != wanted.language || apart > settings_.window) continue;
      const double found = similarity(entry.signature, wanted.signature);
      if (found > best.similarity) best = {&entry, found};
    }
  }
  return best;
}

void StoryIndex::remember(const Entry& entry) {
  while (!articles_.empty() && articles_.size() >= settings_.max_articles) forget_oldest();
  if (settings_.max_articles == 0) return;
  const std::uint64_t number = first_ + articles_.size();
  articles_.push_back(entry);
  if (!has_words(entry.signature)) return;
  for (const std::uint64_t band : bands(entry)) {
    auto& bucket = buckets_[band];
    if (bucket.size() == kMaxBucket) bucket.erase(bucket.begin());
    bucket.push_back(number);
  }
}

void StoryIndex::forget_before(Time time) {
  while (!articles_.empty() && articles_.front().time < time) forget_oldest();
}

void StoryIndex::forget_oldest() {
  if (has_words(articles_.front().signature)) {
    for (const std::uint64_t band : bands(articles_.front())) {
      const auto bucket = buckets_.find(band);
      if (bucket == buckets_.end()) continue;
      // Numbers only grow, so the oldest article is at the front unless it was removed because of the cap.
      if (bucket->second.front() == first_) bucket->second.erase(bucket->second.begin());
      if (bucket->second.empty()) buckets_.erase(bucket);
    }
  }
  articles_.pop_front();
  ++first_;
}

Placement StoryIndex::assign(std::string_view title, std::string_view text, Time time, std::string_view language) {
  forget_before(time - settings_.window);
  Entry entry{sign(title, text), {}, time, hash_bytes(language)};
  const Nearest near = has_words(entry.signature) ? nearest(entry) : Nearest{};
  const bool is_new = near.entry == nullptr || near.similarity < settings_.threshold;
  entry.story = is_new ? derive_id({"story", title, utf8_prefix(text, kMaxText), language, std::to_string(to_ms(time)),
                                    std::to_string(first_ + articles_.size())})
                       : near.entry->story;
  remember(entry);
  return {entry.story, is_new, near.similarity};
}

void StoryIndex::recall(const Id& story, std::string_view title, std::string_view text, Time time,
                        std::string_view language) {
  remember({sign(title, text), story, time, hash_bytes(language)});
}

}  // namespace pw::stories
