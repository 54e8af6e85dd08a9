#include "extract/fields/vicinity.hpp"

#include <algorithm>
#include <array>

namespace pw::extract {
namespace {

using html::NodeIndex;
using html::Tag;

constexpr NodeIndex kEnd = 100;                ///< additional distance of the end of the text, compared with its start
constexpr std::uint32_t kSidebarWeight = 300;  ///< characters; a smaller aside or footer belongs to the article

bool is_foreign_word(std::string_view word, bool behind_text) {
  constexpr std::array<std::string_view, 12> kWords{"commentlist", "related", "recommended", "sidebar",
                                                    "popular",     "teaser",  "teasers",     "card",
                                                    "cards",       "promo",   "nav",         "menu"};
  if (behind_text && (word == "comment" || word == "comments")) return true;
  return std::ranges::find(kWords, word) != kWords.end();
}

}  // namespace

Vicinity::Vicinity(const FieldSources& from) : page_(from.page) {
  if (from.container == html::kNoNode) return;
  container_ = start_ = from.container;
  container_end_ = end_ = page_.document[from.container].end;
  bool first = true;
  for (const Block& block : page_.blocks) {
    if (block.first < container_ || block.first >= container_end_) continue;
    if (!block.good || page_.rules[block.first] != Rule::kept) continue;
    if (std::exchange(first, false)) start_ = block.first;
    end_ = block.last + 1;
  }
}

NodeIndex Vicinity::distance(NodeIndex node) const {
  if (node < start_) return start_ - node;
  return node < end_ ? std::min(node - start_, kEnd + end_ - node) : kEnd + (node - end_) * 4;
}

bool Vicinity::is_foreign(NodeIndex node) {
  const html::Document& document = page_.document;
  for (NodeIndex up = node; up != html::kNoNode; up = document[up].parent) {
    if (container_end_ != 0 && up <= container_ && document[up].end >= container_end_) return false;
    const Tag tag = document[up].tag;
    if (tag == Tag::nav || tag == Tag::figure) return true;
    const bool large = page_.text_weight(up) > kSidebarWeight;
    if (large && (tag == Tag::aside || tag == Tag::footer)) return true;
    if (document[up].attribute_count == 0) continue;
    for (const std::string_view attribute : {"class", "id"})
      for (const std::string& word : words_.split(document.attribute(up, attribute)))
        if (is_foreign_word(word, node >= end_) || (large && word == "aside")) return true;
  }
  return false;
}

}  // namespace pw::extract
