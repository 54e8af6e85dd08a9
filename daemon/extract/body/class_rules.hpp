#pragma once
/// Judges parts of a page by their class names and ids.

#include "extract/body/class_words.hpp"

#include <set>
#include <string_view>
#include <unordered_map>

namespace pw::extract {

/// The words found in an attribute value, or "" where there are none. The views point to static memory.
struct NameVerdict {
  std::string_view firm;     ///< a word for parts that are never text
  std::string_view hiding;   ///< like `firm`, and applies to inline elements too
  std::string_view suspect;  ///< a word for parts that usually are not text
};

/// Judges attribute values and caches the result for each distinct value. For a single page: the cache keys are views
/// of the document. Not thread-safe.
class NameReader {
 public:
  NameVerdict read(std::string_view value);
  /// Disregards these words, which have another meaning on this page.
  void ignore(const std::set<std::string_view>& words);

 private:
  NameVerdict judge(std::string_view value);

  ClassWords words_;
  std::set<std::string_view> ignored_;
  std::unordered_map<std::string_view, NameVerdict> known_;
};

}  // namespace pw::extract
