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

Sketch sketch(std::string_view title, std::string_view text) {
  static constexpr auto kFactors = constants<kHashes>(1, 1);
  static constexpr auto kOffsets = constants<kHashes>(2, 0);
  Sketch out;
  out.hashes.fill(kNoHash);
  out.text = derive_id({title, utf8_prefix(text, kMaxText)});
  const auto take = [&out](std::uint64_t shingle) {
    for (std::size_t i = 0; i < kHashes; ++i) {
      const auto hash = static_cast<std::uint32_t>((shingle * kFactors[i] + kOffsets[i]) >> 32);
      out.hashes[i] = std::min(out.hashes[i], hash);
    }
  };
  for_each_shingle(utf8_prefix(title, kMaxText), take);
  for_each_shingle(utf8_prefix(text, kMaxText), take);
  return out;
}

bool Sketch::has_words() const {
  return std::ranges::any_of(hashes, [](std::uint32_t hash) { return hash != kNoHash; });
}

std::array<std::uint64_t, StoryIndex::kBands> StoryIndex::bands(const Entry& entry) {
  std::array<std::uint64_t, kBands> hashes{};
  for (std::size_t band = 0; band < kBands; ++band) {
    std::uint64_t hash = entry.language + band;
    for (std::size_t row = 0; row < kBandRows; ++row)
      hash = mix(hash + kGolden) + entry.sketch.hashes[band * kBandRows + row];
    hashes[band] = mix(hash);
  }
  return hashes;
}

double StoryIndex::similarity(const Sketch& a, const Sketch& b) {
  std::size_t equal = 0;
  for (std::size_t i = 0; i < kHashes; ++i) equal += a.hashes[i] == b.hashes[i] ? 1 : 0;
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
      const double found = similarity(entry.sketch, wanted.sketch);
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
  if (!entry.sketch.has_words()) return;
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
  if (articles_.front().sketch.has_words()) {
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

Placement StoryIndex::assign(const Sketch& article, Time time, std::string_view language) {
  forget_before(time - settings_.window);
  Entry entry{article, {}, time, hash_bytes(language)};
  const Nearest near = article.has_words() ? nearest(entry) : Nearest{};
  const bool is_new = near.entry == nullptr || near.similarity < settings_.threshold;
  entry.story = is_new ? derive_id({"story", to_hex(article.text), language, std::to_string(to_ms(time)),
                                    std::to_string(first_ + articles_.size())})
                       : near.entry->story;
  remember(entry);
  return {entry.story, is_new, near.similarity};
}

void StoryIndex::restore(const Id& story, const Sketch& article, Time time, std::string_view language) {
  remember({article, story, time, hash_bytes(language)});
}

}  // namespace pw::stories
