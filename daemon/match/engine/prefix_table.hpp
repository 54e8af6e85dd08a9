#pragma once
/// All prefixes of all queries, sorted. Private to match.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pw::match {

/// Finds all known prefixes of a word: a binary search finds the longest one, and each row refers to the next shorter
/// one. Immutable after construction; any thread.
class PrefixTable {
 public:
  PrefixTable() = default;
  /// Takes the prefixes with their numbers, distinct and not empty.
  explicit PrefixTable(std::vector<std::pair<std::string, std::uint32_t>> prefixes);

  [[nodiscard]] bool empty() const { return rows_.empty(); }
  [[nodiscard]] std::size_t bytes() const;

  /// Calls `found` with the number of each prefix of `word`. Eight bytes after `word` must be readable.
  template <class F>
  void find(std::string_view word, F&& found) const {
    for (std::uint32_t at = longest(word); at != kNone; at = rows_[at].parent) found(rows_[at].number);
  }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  static constexpr std::size_t kKeyBytes = 8;
  struct Row {
    std::uint32_t number;
    std::uint32_t parent;  ///< the longest other prefix of this one
    std::uint32_t begin;   ///< offset in text_
    std::uint32_t size;
  };

  [[nodiscard]] std::uint32_t longest(std::string_view word) const;
  [[nodiscard]] bool begins(const Row& row, std::uint32_t at, std::string_view word, std::uint64_t key) const;
  [[nodiscard]] std::string_view text(const Row& row) const { return {text_.data() + row.begin, row.size}; }

  std::vector<std::uint64_t> keys_;    ///< the first bytes, big-endian, padded with zeros
  std::vector<Row> rows_;              ///< parallel to keys_
  std::vector<std::uint32_t> firsts_;  ///< by the leading bits of a key: index of the first key with these or greater
                                       ///< bits
  unsigned shift_ = 0;                 ///< shift that reduces a key to its leading bits
  std::string text_;
};

}  // namespace pw::match
