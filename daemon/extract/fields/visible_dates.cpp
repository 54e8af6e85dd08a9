#include "extract/fields/visible_dates.hpp"

#include "core/text.hpp"
#include "extract/fields/vicinity.hpp"
#include "text/date/date.hpp"

#include <algorithm>
#include <array>

namespace pw::extract {
namespace {

using html::NodeIndex;
using html::Tag;

constexpr std::uint32_t kMaxMarkedWeight = 600;  ///< maximum weight of a marked element, in characters
constexpr std::uint32_t kMaxLineWeight = 160;    ///< maximum weight of an unmarked line, in characters

constexpr std::size_t kBeginning = 160;  ///< number of bytes searched in a marked element
constexpr std::size_t kDateline = 48;    ///< number of bytes searched at the start of the text
constexpr NodeIndex kNear = 60;          ///< number of nodes before the text within which even a date in a sidebar is
                                         ///< better than none
constexpr NodeIndex kNearer = 5;         ///< number of nodes by which a later date must be closer than an earlier one

/// Added to the distance of less reliable candidates.
enum Penalty : NodeIndex { kTime = 0, kMarked = 15, kLine = 60, kSentence = 300, kQuoted = 2'000, kChange = 100'000 };

/// Stems of class words that mark dates. Checked before a class is split into words.
constexpr std::array<std::string_view, 10> kStems{"date", "time", "publi", "datum", "fecha",
                                                  "data", "post", "meta",  "info",  "line"};

bool is_date_word(std::string_view word) {
  constexpr std::array<std::string_view, 25> kWords{
      "date",      "dates",       "dated",     "datetime", "published",    "publish", "publishdate",
      "pubdate",   "postdate",    "entrydate", "datum",    "fecha",        "data",    "time",
      "timestamp", "byline",      "dateline",  "postmeta", "postmetadata", "meta",    "metadata",
      "info",      "publication", "created",   "posted"};
  return std::ranges::find(kWords, word) != kWords.end();
}

bool is_change_word(std::string_view word) {
  return word == "updated" || word == "update" || word == "modified" || word == "changed" || word == "lastmod";
}

/// A cheap check for enough digits, including those of other scripts, before the text is tokenized.
bool may_hold_date(std::string_view text) {
  std::size_t digits = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') ++digits;
    if (static_cast<unsigned char>(c) >= 0xD9 && static_cast<unsigned char>(c) <= 0xE1) digits += 4;
  }
  return digits >= 4;
}

class DateFinder {
 public:
  DateFinder(const FieldSources& from, std::string_view language)
      : from_(from), page_(from.page), document_(from.page.document), language_(language), vicinity_(from) {}

  std::optional<StatedDate> run() {
    for (NodeIndex i = 0; i < document_.size(); ++i) {
      if (!document_[i].is_element()) continue;
      if (document_[i].tag == Tag::time) {
        look_at_time(i);
      } else if (document_[i].attribute_count > 0) {
        look_at_marked(i);
      }
    }
    for (const Block& block : page_.blocks) look_at_block(block);
    const bool only_in_text = best_penalty_ >= kSentence && best_penalty_ < kChange;
    return best_ && !(only_in_text && foreign_) ? std::move(best_) : std::move(foreign_);
  }

 private:
  /// A date in the running text usually belongs to the story it tells.
  NodeIndex penalty_of(const Block& block) const {
    const bool sentence = block.good && page_.rules[block.first] == Rule::kept;
    return sentence || vicinity_.is_inside(block.first) ? kSentence : kLine;
  }

  void offer(NodeIndex node, std::optional<StatedDate> date, NodeIndex penalty) {
    date = plausible(std::move(date), from_.now);
    if (!date) return;
    const NodeIndex distance = vicinity_.distance(node) + penalty;
    if (!is_nearer(distance)) return;
    if (vicinity_.is_foreign(node)) {
      if (!foreign_ && vicinity_.distance(node) < kNear) foreign_ = std::move(date);
      return;
    }
    best_ = std::move(date);
    best_distance_ = distance;
    best_penalty_ = penalty;
  }

  [[nodiscard]] bool is_nearer(NodeIndex distance) const { return !best_ || distance + kNearer < best_distance_; }
  /// True if a date there would be better than the best one so far.
  [[nodiscard]] bool is_near(NodeIndex node, NodeIndex penalty) const {
    return is_nearer(vicinity_.distance(node) + penalty);
  }

  void look_at_block(const Block& block) {
    if (block.weight <= kMaxLineWeight) {
      const NodeIndex penalty = penalty_of(block);
      if (is_near(block.first, penalty)) look_at_text(block.first, page_.raw_text_of(block), penalty);
    } else if (vicinity_.distance(block.first) < kNear && is_near(block.first, kSentence)) {
      const std::string text = page_.raw_text_of(block, kDateline);
      look_at_text(block.first, std::string(utf8_prefix(text, kDateline)), kSentence);
    }
  }

  /// `node` must be near enough.
  void look_at_text(NodeIndex node, const std::string& text, NodeIndex penalty) {
    if (!may_hold_date(text)) return;
    if (auto found = text::find_text_date(text, language_, from_.now))
      offer(node, std::move(found->date), penalty + (found->of_change ? kChange : kTime));
  }

  void look_at_time(NodeIndex node) {
    // Inside the text, a time element belongs to something quoted.
    const NodeIndex penalty = marks_change(node) ? kChange : vicinity_.is_inside(node) ? kQuoted : kTime;
    if (!is_near(node, penalty)) return;
    for (const std::string_view name : {"datetime", "content", "title"}) {
      auto date = text::parse_date(trim(document_.attribute(node, name)), from_.now);
      if (!date) continue;
      offer(node, std::move(date), penalty);
      return;
    }
    look_at_text(node, page_.text_below(node), penalty);
  }

  bool marks_change(NodeIndex node) {
    if (document_.attribute(node, "itemprop").find("dateModified") != std::string_view::npos) return true;
    return std::ranges::any_of(words_.split(document_.attribute(node, "class")), is_change_word);
  }

  void look_at_marked(NodeIndex node) {
    if (!is_near(node, kMarked)) return;
    const std::uint32_t weight = page_.text_weight(node);
    if (weight < 5 || weight > kMaxMarkedWeight) return;
    bool marked = false;
    bool change = false;
    for (const std::string_view name : {"class", "id"}) {
      const std::string_view names = document_.attribute(node, name);
      if (!contains_stem(names, kStems)) continue;
      for (const std::string& word : words_.split(names)) {
        marked = marked || is_date_word(word);
        change = change || is_change_word(word);
      }
    }
    const NodeIndex penalty = kMarked + (change ? kChange : kTime);
    if (!marked || !is_near(node, penalty)) return;
    const std::string text = page_.text_below(node);
    look_at_text(node, std::string(utf8_prefix(text, kBeginning)), penalty);
  }

  const FieldSources& from_;
  const Page& page_;
  const html::Document& document_;
  std::string_view language_;
  Vicinity vicinity_;
  ClassWords words_;
  std::optional<StatedDate> best_;
  std::optional<StatedDate> foreign_;
  NodeIndex best_distance_ = 0;
  NodeIndex best_penalty_ = 0;
};

}  // namespace

std::optional<StatedDate> plausible(std::optional<StatedDate> date, Time now) {
  using std::chrono::days;
  constexpr Time kFirst{std::chrono::sys_days{std::chrono::year{1990} / 1 / 1}};
  if (date && (date->time < kFirst || date->time > now + days{2})) return std::nullopt;
  return date;
}

std::optional<StatedDate> visible_date(const FieldSources& from, std::string_view language) {
  return DateFinder{from, language}.run();
}

}  // namespace pw::extract
