#pragma once
/// What class names and ids say about a part of a page.

#include "extract/body/class_words.hpp"

#include <set>
#include <string_view>
#include <unordered_map>

namespace pw::extract {

/// The words found in one attribute's value; "" where there is none. Static memory.
struct NameVerdict {
  std::string_view firm;     ///< names what is never text
  std::string_view hiding;   ///< the same, and holds for a part of a line too
  std::string_view suspect;  ///< names what usually is not
};

/// Reads each distinct value once. For one page: its keys are views of the document.
class NameReader {
 public:
  NameVerdict read(std::string_view value);
  /// Words that mean nothing on this page.
  void ignore(const std::set<std::string_view>& words);

 private:
  NameVerdict judge(std::string_view value);

  ClassWords words_;
  std::set<std::string_view> ignored_;
  std::unordered_map<std::string_view, NameVerdict> known_;
};

}  // namespace pw::extract
