#pragma once
/// Groups articles into stories: near-duplicates, found by MinHash over shingles of words.

#include "core/id.hpp"
#include "core/time.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pw::stories {

/// Parameters of the index.
struct StorySettings {
  Milliseconds window = std::chrono::hours{72};  ///< articles further apart are never the same story
  std::size_t max_articles = 50'000;  ///< maximum number of remembered articles; the oldest are forgotten first
  double threshold = 0.5;             ///< minimum estimated Jaccard similarity of two articles of the same
                                      ///< story
};

inline constexpr std::size_t kHashes = 64;

/// The MinHash signature of a text. Compute it outside any lock: the time is linear in the text, of which only the
/// first 64 KiB count.
struct Sketch {
  std::array<std::uint32_t, kHashes> hashes{};
  Id text;  ///< identifies the text itself

  [[nodiscard]] bool has_words() const;
};
Sketch sketch(std::string_view title, std::string_view text);

struct Placement {
  Id story;
  bool is_new = true;
  double similarity = 0;  ///< to the most similar remembered article, 0 to 1
};

/// The signatures of recent articles. Not thread-safe; the caller determines the order. Uses about 1.5 KiB per article.
class StoryIndex {
 public:
  explicit StoryIndex(StorySettings settings = {}) : settings_(settings) {}

  /// Assigns an article to a story and remembers it. Articles in different languages never share a story; an empty
  /// language counts as a separate language. An article without words is a story of its own. `time` is when the daemon
  /// first saw it, because a wrong date stated by a page could empty the window.
  Placement assign(const Sketch& article, Time time, std::string_view language);

  /// Remembers an article whose story is already known.
  void restore(const Id& story, const Sketch& article, Time time, std::string_view language);

  [[nodiscard]] const StorySettings& settings() const { return settings_; }
  [[nodiscard]] std::size_t size() const { return articles_.size(); }

 private:
  static constexpr std::size_t kBandRows = 4;
  static constexpr std::size_t kBands = kHashes / kBandRows;

  struct Entry {
    Sketch sketch;
    Id story;
    Time time{};
    std::uint64_t language = 0;
  };
  struct Nearest {
    const Entry* entry = nullptr;
    double similarity = 0;
  };

  static std::array<std::uint64_t, kBands> bands(const Entry& entry);
  static double similarity(const Sketch& a, const Sketch& b);
  [[nodiscard]] Nearest nearest(const Entry& wanted) const;
  void remember(const Entry& entry);
  void forget_before(Time time);
  void forget_oldest();

  StorySettings settings_;
  std::deque<Entry> articles_;  ///< in order of arrival; the front has the number first_
  std::uint64_t first_ = 0;
  std::unordered_map<std::uint64_t, std::vector<std::uint64_t>> buckets_;  ///< maps band hashes to article numbers
};

}  // namespace pw::stories
