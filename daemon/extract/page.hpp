#pragma once
/// A page prepared for extraction: its document, its blocks of text, and the rule that dropped each dropped node.

#include "html/dom/dom.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pw::extract {

/// Why a subtree or block is not part of the text. Shown by explain_page.
enum class Rule : std::uint8_t {
  kept,
  element,
  role,
  hidden,
  class_word,
  soft_class,
  source_drop,
  outside,
  link_list,
  read_more,
  appeal,
  caption,
  title,
  byline,
  heading,
  repeated,
  small_print,
  standfirst,   ///< kept although it is outside the container
  linked_data,  ///< text from JSON-LD
  count_
};

/// A set of rules: bit n is rule n.
using RuleSet = std::uint32_t;
constexpr RuleSet rule_bit(Rule rule) { return RuleSet{1} << static_cast<unsigned>(rule); }
/// The rule with this name, or Rule::count_ if there is none.
Rule rule_of(std::string_view name) noexcept;
std::string_view rule_name(Rule rule) noexcept;

/// Text between two block boundaries. Weights are in characters; characters of scripts without spaces count three
/// times.
struct Block {
  html::NodeIndex first = 0;    ///< first text node
  html::NodeIndex last = 0;     ///< last text node
  html::NodeIndex element = 0;  ///< nearest enclosing block element
  std::uint32_t weight = 0;
  std::uint32_t link_weight = 0;
  std::uint16_t sentences = 0;  ///< number of sentence ends
  std::uint16_t commas = 0;
  bool good = false;    ///< reads like a paragraph
  bool breaks = false;  ///< starts after a double line break
};

/// Refers to a document, which must outlive it. Not thread-safe.
class Page {
 public:
  /// The rules in `off` are disabled.
  explicit Page(const html::Document& document, RuleSet off = 0);

  const html::Document& document;
  std::vector<Block> blocks;
  std::vector<Rule> rules;  ///< by node; a node's rule applies to its whole subtree

  [[nodiscard]] bool is_off(Rule rule) const { return (off_ & rule_bit(rule)) != 0; }
  /// Drops a subtree. `word` (in static memory) is what the rule found in the page.
  void drop(html::NodeIndex node, Rule rule, std::string_view word = {});
  /// The word passed when the node was dropped, or "".
  [[nodiscard]] std::string_view word_of(html::NodeIndex node) const;
  /// Recomputes the masses from what is not dropped. Call it again after dropping.
  void count();
  /// Weight of the good blocks that start in the subtree and are not dropped (as of the last count()).
  [[nodiscard]] std::uint32_t good_mass(html::NodeIndex node) const;
  /// Weight outside links of all blocks that start in the subtree and are not dropped, except for blocks that are
  /// links.
  [[nodiscard]] std::uint32_t plain_mass(html::NodeIndex node) const;
  [[nodiscard]] std::uint32_t total_mass() const { return good_before_.back(); }
  [[nodiscard]] std::uint32_t text_weight(html::NodeIndex node) const;
  [[nodiscard]] std::uint32_t link_weight(html::NodeIndex node) const;

  /// The text of a block without dropped parts, white space collapsed.
  [[nodiscard]] std::string text_of(const Block& block) const;
  /// The text of a block including dropped parts. May be truncated after `enough` bytes.
  [[nodiscard]] std::string raw_text_of(const Block& block, std::size_t enough = kWhole) const;
  /// The text of a subtree, white space collapsed.
  [[nodiscard]] std::string text_below(html::NodeIndex node) const;

 private:
  void find_blocks();
  void close_block();
  static constexpr std::size_t kWhole = static_cast<std::size_t>(-1);
  [[nodiscard]] std::string block_text(const Block& block, bool with_dropped, std::size_t enough) const;

  struct Dropped {
    html::NodeIndex begin;
    html::NodeIndex end;
    std::string_view word;
  };
  std::vector<Dropped> dropped_;
  std::vector<std::uint32_t> good_before_;
  std::vector<std::uint32_t> plain_before_;
  std::vector<std::uint32_t> text_before_;
  std::vector<std::uint32_t> link_before_;
  bool block_open_ = false;
  RuleSet off_ = 0;
};

/// Appends `text` with each run of white space (including U+00A0) as one space, and without soft hyphens and zero-width
/// spaces.
void append_folded(std::string& out, std::string_view text);
std::string folded(std::string_view text);

}  // namespace pw::extract
