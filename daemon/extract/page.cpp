#include "extract/page.hpp"

#include "core/text.hpp"
#include "html/dom/html_tags.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace pw::extract {
namespace {

using html::NodeIndex;
using html::Tag;

bool is_unspaced(char32_t c) {
  return (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) || (c >= 0x1780 && c <= 0x17FF) ||
         (c >= 0x3040 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF);
}

bool is_sentence_end(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0x0964 ||
         c == 0x061F || c == 0x06D4 || c == 0x0589 || c == 0x1362 || c == 0x17D4 || c == 0x104B;
}

bool is_comma(char32_t c) { return c == ',' || c == 0x3001 || c == 0xFF0C || c == 0x060C || c == 0x1363; }

/// Quotation marks and brackets may come between the end of a sentence and the following space.
bool is_closing(char32_t c) {
  return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0xBB || c == 0x2019 || c == 0x201D || c == 0x203A ||
         c == 0x201C || c == 0x300D || c == 0x300F || c == 0xFF09;
}

/// A link within the same page, as in a table of contents or for a note.
bool is_fragment(std::string_view address) { return address.size() > 1 && address.front() == '#'; }

/// White space, or the first byte of a character that append_folded treats specially: U+00A0, U+00AD, U+200B, U+2028,
/// U+2029, U+FEFF.
bool may_fold(char c) { return is_ascii_space(c) || c == '\xC2' || c == '\xE2' || c == '\xEF'; }

struct Weight {
  std::uint32_t chars = 0;
  std::uint16_t sentences = 0;
  std::uint16_t commas = 0;
};

Weight weigh(std::string_view text) {
  Weight weight;
  bool after_end = false;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = next_code_point(text, i);
    const bool space = c <= ' ' || c == 0xA0;
    if (after_end && (space || i >= text.size())) ++weight.sentences;
    if (space) {
      after_end = false;
      continue;
    }
    weight.chars += is_unspaced(c) ? 3 : 1;
    after_end = is_sentence_end(c) || (after_end && is_closing(c));
    if (is_sentence_end(c) && c > 0x2E80) ++weight.sentences;
    if (is_comma(c)) ++weight.commas;
  }
  if (after_end) ++weight.sentences;
  return weight;
}

bool reads_like_text(const Block& block) {
  const std::uint32_t plain = block.weight - block.link_weight;
  if (plain < 35 || block.link_weight * 5 > block.weight * 2) return false;
  return block.sentences > 0 || block.commas > 1 || plain > 120;
}

}  // namespace

constexpr std::array<std::string_view, static_cast<std::size_t>(Rule::count_)> kRuleNames{
    "kept",    "element",   "role",        "hidden",     "class-word", "soft-class", "source-drop",
    "outside", "link-list", "read-more",   "appeal",     "caption",    "title",      "byline",
    "heading", "repeated",  "small-print", "standfirst", "linked-data"};

std::string_view rule_name(Rule rule) noexcept { return kRuleNames[static_cast<std::size_t>(rule)]; }

Rule rule_of(std::string_view name) noexcept {
  return static_cast<Rule>(std::ranges::find(kRuleNames, name) - kRuleNames.begin());
}

void append_folded(std::string& out, std::string_view text) {
  bool space = false;
  const auto add_space = [&] {
    if (std::exchange(space, false) && !out.empty() && out.back() != ' ' && out.back() != '\n') out.push_back(' ');
  };
  const auto byte_at = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t start = i;
    while (i < text.size() && !may_fold(text[i])) ++i;
    if (i > start) {
      add_space();
      out.append(text, start, i - start);
      continue;
    }
    const unsigned lead = byte_at(i);
    const unsigned next = byte_at(i + 1);
    const unsigned third = byte_at(i + 2);
    if (is_ascii_space(text[i])) {
      space = true;
    } else if (lead == 0xC2 && (next == 0xA0 || next == 0xAD)) {
      space = space || next == 0xA0;
      ++i;
    } else if (lead == 0xE2 && next == 0x80 && (third == 0x8B || third == 0xA8 || third == 0xA9)) {
      space = space || third != 0x8B;
      i += 2;
    } else if (lead == 0xEF && next == 0xBB && third == 0xBF) {
      i += 2;
    } else {
      add_space();
      out.push_back(text[i]);
    }
    ++i;
  }
  add_space();
}

std::string folded(std::string_view text) {
  std::string out;
  append_folded(out, text);
  return std::string(trim(out));
}

Page::Page(const html::Document& page, RuleSet off)
    : document(page),
      rules(page.size(), Rule::kept),
      good_before_(page.size() + 1),
      plain_before_(page.size() + 1),
      text_before_(page.size() + 1),
      link_before_(page.size() + 1),
      off_(off) {
  find_blocks();
  count();
}

void Page::close_block() {
  if (block_open_) blocks.back().good = reads_like_text(blocks.back());
  block_open_ = false;
}

void Page::find_blocks() {
  struct Open {
    NodeIndex end;
    NodeIndex element;  ///< nearest block element
    bool link;
    bool block;
  };
  std::vector<Open> open;
  int line_breaks = 0;
  for (NodeIndex i = 0; i < document.size(); ++i) {
    for (; !open.empty() && open.back().end <= i; open.pop_back())
      if (open.back().block) close_block();
    const html::Node& node = document[i];
    text_before_[i + 1] = text_before_[i];
    link_before_[i + 1] = link_before_[i];
    const Open around = open.empty() ? Open{0, i, false, false} : open.back();
    if (node.is_element()) {
      if (node.tag == Tag::br) {
        if (++line_breaks == 2) close_block();
        continue;
      }
      const bool block = html::is_block_tag(node.tag);
      if (block) close_block();
      if (node.tag == Tag::head || node.tag == Tag::title || html::is_unshown_tag(node.tag)) {
        // Its text is not part of the page, so exclude it from all weights.
        for (NodeIndex j = i; j + 1 < node.end; ++j) {
          text_before_[j + 2] = text_before_[i];
          link_before_[j + 2] = link_before_[i];
        }
        i = node.end - 1;
        continue;
      }
      if (node.end > i + 1)
        open.push_back({node.end, block ? i : around.element,
                        around.link || (node.tag == Tag::a && !is_fragment(document.attribute(i, "href"))), block});
      continue;
    }
    const Weight weight = weigh(node.text);
    if (weight.chars == 0) {
      if (block_open_) blocks.back().last = i;
      continue;
    }
    if (!block_open_) {
      blocks.push_back({});
      blocks.back().first = i;
      blocks.back().element = around.element;
      blocks.back().breaks = line_breaks >= 2;
      block_open_ = true;
    }
    line_breaks = 0;
    Block& block = blocks.back();
    block.last = i;
    block.weight += weight.chars;
    block.sentences = static_cast<std::uint16_t>(std::min(block.sentences + weight.sentences, 0xFFFF));
    block.commas = static_cast<std::uint16_t>(std::min(block.commas + weight.commas, 0xFFFF));
    text_before_[i + 1] += weight.chars;
    if (around.link) {
      block.link_weight += weight.chars;
      link_before_[i + 1] += weight.chars;
    }
  }
  close_block();
}

void Page::drop(NodeIndex node, Rule rule, std::string_view word) {
  if (is_off(rule)) return;
  if (!word.empty()) dropped_.push_back({node, document[node].end, word});
  for (NodeIndex i = node; i < document[node].end; ++i)
    if (rules[i] == Rule::kept) rules[i] = rule;
}

std::string_view Page::word_of(NodeIndex node) const {
  for (const Dropped& dropped : dropped_)
    if (dropped.begin <= node && node < dropped.end) return dropped.word;
  return {};
}

void Page::count() {
  std::ranges::fill(good_before_, 0U);
  std::ranges::fill(plain_before_, 0U);
  for (const Block& block : blocks) {
    if (rules[block.first] != Rule::kept) continue;
    const std::uint32_t plain = block.weight - block.link_weight;
    if (block.good) good_before_[block.first + 1] = plain;
    if (block.link_weight * 2 < block.weight) plain_before_[block.first + 1] = plain;
  }
  for (std::size_t i = 1; i < good_before_.size(); ++i) {
    good_before_[i] += good_before_[i - 1];
    plain_before_[i] += plain_before_[i - 1];
  }
}

std::uint32_t Page::plain_mass(NodeIndex node) const { return plain_before_[document[node].end] - plain_before_[node]; }
std::uint32_t Page::good_mass(NodeIndex node) const { return good_before_[document[node].end] - good_before_[node]; }
std::uint32_t Page::text_weight(NodeIndex node) const { return text_before_[document[node].end] - text_before_[node]; }
std::uint32_t Page::link_weight(NodeIndex node) const { return link_before_[document[node].end] - link_before_[node]; }

std::string Page::text_of(const Block& block) const { return block_text(block, false, kWhole); }
std::string Page::raw_text_of(const Block& block, std::size_t enough) const { return block_text(block, true, enough); }

std::string Page::block_text(const Block& block, bool with_dropped, std::size_t enough) const {
  std::string out;
  for (NodeIndex i = block.first; i <= block.last && out.size() < enough; ++i) {
    if (document[i].is_element()) {
      if (document[i].tag == Tag::br) append_folded(out, " ");
      if (html::is_unshown_tag(document[i].tag)) i = document[i].end - 1;
    } else if (with_dropped || rules[i] == Rule::kept) {
      append_folded(out, utf8_prefix(document[i].text, enough));
    }
  }
  return std::string(trim(out));
}

std::string Page::text_below(NodeIndex node) const {
  std::string out;
  for (NodeIndex i = node; i < document[node].end; ++i) {
    if (document[i].is_element()) {
      if (i > node && html::is_block_tag(document[i].tag)) append_folded(out, " ");
      if (i > node && html::is_unshown_tag(document[i].tag)) i = document[i].end - 1;
    } else {
      append_folded(out, document[i].text);
    }
  }
  return std::string(trim(out));
}

}  // namespace pw::extract
