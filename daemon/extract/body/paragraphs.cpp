#include "core/text.hpp"
#include "extract/body/body.hpp"
#include "extract/body/class_words.hpp"
#include "extract/phrases.hpp"
#include "html/dom/html_tags.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <unordered_set>

namespace pw::extract {
namespace {

using html::NodeIndex;
using html::Tag;

bool is_heading(const Page& page, const Block& block) { return html::is_heading_tag(page.document[block.element].tag); }

constexpr std::uint32_t kMinForeign = 20;
constexpr std::size_t kMaxKicker = 40;
constexpr int kMaxScraps = 5;
constexpr int kMaxRepeatsAsked = 100;
constexpr std::ptrdiff_t kMaxFrontLines = 12;

/// True for rules that drop content on other subjects, rather than pictures, bylines or repetitions.
bool is_foreign(Rule rule) {
  return rule == Rule::link_list || rule == Rule::class_word || rule == Rule::soft_class || rule == Rule::role ||
         rule == Rule::read_more;
}

bool is_item(const Page& page, const Block& block) {
  const Tag tag = page.document[block.element].tag;
  return tag == Tag::li || tag == Tag::td || tag == Tag::th || tag == Tag::dd || tag == Tag::dt;
}

/// Letters and digits only, so that differences in quotes and spaces do not matter.
std::string skeleton(std::string_view text) {
  static constexpr auto kKept = [] {
    std::array<bool, 256> kept{};
    for (std::size_t c = 0; c < kept.size(); ++c)
      kept[c] = c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    return kept;
  }();
  std::string out = lower_words(text);
  std::size_t size = 0;
  for (const char c : out) {
    out[size] = c;
    size += kKept[static_cast<unsigned char>(c)] ? 1U : 0U;
  }
  out.resize(size);
  return out;
}

/// If a page has many h1 elements, only the first is the headline; the others are subheadings.
NodeIndex first_of_many_h1(const Page& page) {
  NodeIndex first = html::kNoNode;
  int seen = 0;
  for (const Block& block : page.blocks) {
    if (page.document[block.element].tag != Tag::h1) continue;
    if (first == html::kNoNode) first = block.element;
    if (++seen == 4) return first;
  }
  return html::kNoNode;
}

Rule judge(const Page& page, const Block& block, std::string_view text, std::string_view title, NodeIndex only_h1) {
  if (text.empty()) return Rule::hidden;
  const bool heading = is_heading(page, block);
  if (!title.empty() && text.size() < 2 * title.size() + kMaxKicker) {
    const std::string line = skeleton(text);
    if (line == title || (heading && line.size() < title.size() + kMaxKicker && line.find(title) != std::string::npos))
      return Rule::title;
  }
  if (page.document[block.element].tag == Tag::h1 && (only_h1 == html::kNoNode || block.element == only_h1))
    return Rule::title;
  if (heading) return is_foreign_heading(text) ? Rule::heading : Rule::kept;
  const std::uint32_t link_percent = block.link_weight * 100 / std::max(block.weight, 1U);
  if (link_percent > 85 && block.weight < 250) return Rule::link_list;
  if (link_percent > 60 && block.weight < 120 && block.sentences == 0) return Rule::link_list;
  if (block.weight < 250 && starts_like_teaser(text) && (block.link_weight > 0 || block.sentences == 0))
    return Rule::read_more;
  if (block.weight < 120 && block.sentences < 3 && is_small_print(text)) return Rule::small_print;
  if (block.weight < 80 && block.sentences == 0 && is_picture_credit(text)) return Rule::small_print;
  if (((block.weight < 220 && link_percent > 10) || block.weight < 90) && is_appeal(text)) return Rule::appeal;
  return Rule::kept;
}

void mark(const Page& page, Paragraph& paragraph, Rule rule) {
  if (!page.is_off(rule)) paragraph.rule = rule;
}

bool begins_text(const Page& page, const Paragraph& p) {
  if (p.rule != Rule::kept) return false;
  const Block& block = *p.block;
  if (block.good && block.weight > 60) return true;
  if (block.link_weight * 3 > block.weight) return false;
  const Tag tag = page.document[block.element].tag;
  return (tag == Tag::p && (block.weight >= 60 || (block.sentences > 0 && block.weight >= 15))) ||
         (tag == Tag::li && block.weight >= 40);
}

/// Drops short lines above the first paragraph: bylines, dates, labels.
void drop_front_matter(const Page& page, std::vector<Paragraph>& paragraphs) {
  const auto first = std::ranges::find_if(paragraphs, [&](const Paragraph& p) { return begins_text(page, p); });
  if (first == paragraphs.end()) return;
  const auto lines = std::count_if(paragraphs.begin(), first, [](const Paragraph& p) { return p.rule == Rule::kept; });
  if (lines > kMaxFrontLines) return;
  // A heading directly above the text belongs to it.
  const auto end = first != paragraphs.begin() && is_heading(page, *std::prev(first)->block) ? std::prev(first) : first;
  for (auto it = paragraphs.begin(); it != end; ++it)
    if (it->rule == Rule::kept && it->block->weight < 120 && (it->block->sentences == 0 || it->block->weight < 40))
      mark(page, *it, Rule::byline);
}

/// Drops headings without text below them, and short fragments after the last paragraph.
void drop_tail(const Page& page, std::vector<Paragraph>& paragraphs) {
  int scraps = 0;
  for (auto it = paragraphs.rbegin(); it != paragraphs.rend(); ++it) {
    if (it->rule != Rule::kept) continue;
    const Block& block = *it->block;
    if (is_heading(page, block)) {
      mark(page, *it, Rule::heading);
    } else if (!block.good && block.sentences == 0 && block.weight < 60 && !is_item(page, block) &&
               ++scraps < kMaxScraps) {
      mark(page, *it, Rule::small_print);
    } else if (block.weight < 300 && is_appeal(it->text)) {
      mark(page, *it, Rule::appeal);
    } else {
      break;
    }
  }
  // A dropped heading also drops the fragments below it, up to the next heading or paragraph.
  bool foreign = false;
  for (Paragraph& p : paragraphs) {
    if (is_heading(page, *p.block)) {
      foreign = p.rule == Rule::heading;
    } else if (foreign && p.rule == Rule::kept && !p.block->good) {
      mark(page, p, Rule::heading);
    } else if (p.block->good) {
      foreign = false;
    }
  }
}

/// Drops headings whose content was dropped.
void drop_orphans(const Page& page, std::vector<Paragraph>& paragraphs) {
  bool kept_below = false;
  std::uint32_t left_out_below = 0;
  for (auto it = paragraphs.rbegin(); it != paragraphs.rend(); ++it) {
    if (!is_heading(page, *it->block)) {
      kept_below = kept_below || it->rule == Rule::kept;
      if (is_foreign(it->rule)) left_out_below += it->block->weight;
      continue;
    }
    if (it->rule == Rule::kept && !kept_below && left_out_below >= kMinForeign) mark(page, *it, Rule::heading);
    kept_below = false;
    left_out_below = 0;
  }
}

/// Some pages repeat their text in one piece, for text-to-speech or behind a paywall.
bool repeats_others(const std::string& whole, const std::vector<Paragraph>& paragraphs) {
  std::size_t found = 0;
  int asked = 0;
  for (const Paragraph& p : paragraphs) {
    if (p.rule != Rule::kept || !p.block->good || p.block->weight < 80 || p.block->weight > 1500) continue;
    if (++asked > kMaxRepeatsAsked) break;
    const std::string part = skeleton(p.text);
    if (whole.find(part) != std::string::npos) found += part.size();
  }
  return found * 2 >= whole.size();
}

void drop_repeated(const Page& page, std::vector<Paragraph>& paragraphs) {
  for (Paragraph& p : paragraphs)
    if (p.rule == Rule::kept && p.block->weight > 2500 && repeats_others(skeleton(p.text), paragraphs))
      mark(page, p, Rule::repeated);
  std::unordered_set<std::size_t> seen;  // hashes
  bool run = false;
  for (Paragraph& p : paragraphs) {
    if (p.rule != Rule::kept || p.block->weight < 40) continue;
    const bool again = !seen.insert(std::hash<std::string>{}(skeleton(p.text))).second;
    if (again && (run || p.block->weight >= 80)) mark(page, p, Rule::repeated);
    run = again;
  }
}

bool is_standfirst_name(std::string_view names) {
  ClassWords words;
  for (const std::string& word : words.split(names)) {
    for (const std::string_view name :
         {"standfirst", "lead",  "lede",     "subtitle",    "subheadline", "dek",        "deck",   "chapo",
          "excerpt",    "intro", "abstract", "description", "bajada",      "vorspann",   "kicker", "ingress",
          "manchet",    "perex", "summary",  "teaser",      "subhead",     "sottotitolo"})
      if (word == name) return name != "kicker";
  }
  return false;
}

/// The standfirst, if it is between the headline and the container.
const Block* find_standfirst(const Page& page, const Container& container, std::string_view description) {
  const std::string wanted = skeleton(utf8_prefix(description, 600));
  for (const Block& block : page.blocks) {
    if (block.first >= container.node) break;
    if (block.weight < 40 || block.weight > 700 || block.link_weight * 3 > block.weight) continue;
    if (page.document[block.element].tag == Tag::h1) continue;
    const Rule rule = page.rules[block.first];
    if (rule == Rule::hidden || rule == Rule::element) continue;
    const std::string text = skeleton(page.text_below(block.element));
    if (wanted.size() > 40 && text == wanted) return &block;
    if (rule != Rule::kept) continue;
    NodeIndex node = block.element;
    for (int up = 0; up < 2 && node != html::kNoNode; ++up, node = page.document[node].parent)
      if (is_standfirst_name(page.document.attribute(node, "class")) ||
          page.document.attribute(node, "itemprop") == "description")
        return &block;
  }
  return nullptr;
}

}  // namespace

std::vector<Paragraph> choose_paragraphs(Page& page, const Container& container, const BodyHints& hints) {
  std::vector<Paragraph> paragraphs;
  if (container.node == html::kNoNode) return paragraphs;
  drop_link_lists(page, container.node, hints.url);
  const std::string title = skeleton(hints.title);
  const NodeIndex only_h1 = first_of_many_h1(page);
  for (const Block& block : page.blocks) {
    if (block.first < container.node || block.first >= page.document[container.node].end) continue;
    std::string text = page.text_of(block);
    Rule rule = page.rules[block.first];
    if (rule == Rule::kept || !text.empty()) {
      rule = judge(page, block, text, title, only_h1);
      if (page.is_off(rule)) rule = Rule::kept;
    }
    paragraphs.push_back({&block, std::move(text), rule});
  }
  drop_front_matter(page, paragraphs);
  if (const Block* standfirst =
          page.is_off(Rule::standfirst) ? nullptr : find_standfirst(page, container, hints.description))
    paragraphs.insert(paragraphs.begin(), Paragraph{standfirst, page.text_below(standfirst->element), Rule::kept});
  drop_repeated(page, paragraphs);
  drop_orphans(page, paragraphs);
  drop_tail(page, paragraphs);
  return paragraphs;
}

std::string joined(const std::vector<Paragraph>& paragraphs) {
  std::string out;
  for (const Paragraph& p : paragraphs) {
    if (p.rule != Rule::kept || p.text.empty()) continue;
    if (!out.empty()) out += '\n';
    out += p.text;
  }
  return out;
}

}  // namespace pw::extract
