#pragma once
/// How often the pages of a source are tried before its articles are matched without them. Pure.

#include "source/plugin.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

namespace pw::pipeline {

/// Counts the failures of pages across polls, so that a page that always fails holds back neither its article nor its
/// source's cursor. An item without hints has only its page, which is therefore tried for hours.
class PageTries {
 public:
  /// Notes that an item's page could not be read. True if it is to be tried again at the next poll.
  bool failed(const source::Item& item);
  /// The item has been processed, with its page or without.
  void settled(const std::string& item) { failures_.erase(item); }
  /// A poll with items has ended; `held`: at least one of its pages is to be tried again.
  void end_poll(bool held);

  [[nodiscard]] std::size_t size() const { return failures_.size(); }

  /// Items remembered. Of more, the count of the one whose last failure is the longest ago starts again.
  static constexpr std::size_t kMost = 1'000;

 private:
  struct Failures {
    unsigned count = 0;
    std::uint64_t last = 0;  ///< number of the failure
  };
  void forget_oldest();

  std::map<std::string, Failures> failures_;  ///< by item
  std::uint64_t failed_ = 0;
  unsigned held_polls_ = 0;  ///< consecutive polls that ended with pages to be tried again
};

}  // namespace pw::pipeline
