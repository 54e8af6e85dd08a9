#include "core/text.hpp"
#include "html/css/selector.hpp"
#include "html/css/sibling_places.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace pw::html {
namespace {

using namespace css;
constexpr std::uint64_t kMaxSteps = 20'000'000;
constexpr std::size_t kBytesPerStep = 64;

bool contains_word(std::string_view text, std::string_view word, bool fold) {
  for (std::size_t i = 0; i < text.size();) {
    while (i < text.size() && is_ascii_space(text[i])) ++i;
    const std::size_t start = i;
    while (i < text.size() && !is_ascii_space(text[i])) ++i;
    const auto part = text.substr(start, i - start);
    if (!part.empty() && (fold ? ascii_iequals(part, word) : part == word)) return true;
  }
  return false;
}

bool value_matches(std::string_view have, std::string_view want, Match match) {
  switch (match) {
    case Match::present: return true;
    case Match::equal: return have == want;
    case Match::word: return !want.empty() && contains_word(have, want, false);
    case Match::dash: return have.starts_with(want) && (have.size() == want.size() || have[want.size()] == '-');
    case Match::prefix: return !want.empty() && have.starts_with(want);
    case Match::suffix: return !want.empty() && have.ends_with(want);
    case Match::substring: return !want.empty() && have.find(want) != std::string_view::npos;
  }
  return false;
}

/// HTML, "case-sensitivity of selectors": attributes whose values are compared case-insensitively (those in common
/// use).
bool folds_by_default(std::string_view name) {
  constexpr std::array<std::string_view, 14> kNames{"type",     "align",    "charset",  "checked", "dir",
                                                    "disabled", "hreflang", "lang",     "media",   "method",
                                                    "multiple", "rel",      "selected", "target"};
  return std::ranges::find(kNames, name) != kNames.end();
}

/// RFC 4647 extended filtering for one range.
bool language_in_range(std::string_view language, std::string_view range) {
  if (range.empty() || language.empty()) return range.empty() && language.empty();
  const auto next = [](std::string_view& rest) {
    const std::size_t dash = std::min(rest.find('-'), rest.size());
    const auto part = rest.substr(0, dash);
    rest.remove_prefix(std::min(dash + 1, rest.size()));
    return part;
  };
  const auto first = next(language);
  if (const auto want = next(range); want != "*" && want != first) return false;
  while (!range.empty()) {
    const auto want = next(range);
    if (want == "*") continue;
    for (;;) {
      if (language.empty()) return false;
      const auto part = next(language);
      if (part == want) break;
      if (part.size() == 1) return false;
    }
  }
  return true;
}

class Matcher {
 public:
  Matcher(const Document& tree, NodeIndex scope) : tree_(tree), places_(tree), scope_(scope) {}

  bool any(const List& list, NodeIndex element) {
    return std::ranges::any_of(
        list, [&](const Complex& complex) { return ends_at(complex, complex.size() - 1, element, kNoNode); });
  }
  [[nodiscard]] bool spent() const { return steps_ + places_.work() > kMaxSteps; }

 private:
  /// True if the first `last` + 1 compounds match, with the last of them at `element`. With an `anchor` (:has), the
  /// first compound's combinator must lead back to the anchor.
  bool ends_at(const Complex& complex, std::size_t last, NodeIndex element, NodeIndex anchor) {
    if (++steps_ > kMaxSteps || !compound(complex[last], element)) return false;
    if (last == 0 && anchor == kNoNode) return true;
    const Combinator before = complex[last].before;
    const bool up = before == Combinator::descendant || before == Combinator::child;
    const bool once = before == Combinator::child || before == Combinator::next;
    for (NodeIndex at = step(element, up); at != kNoNode; at = step(at, up)) {
      if (++steps_ > kMaxSteps) return false;
      if (last == 0 ? at == anchor : ends_at(complex, last - 1, at, anchor)) return true;
      if (once) return false;
    }
    return false;
  }

  NodeIndex step(NodeIndex element, bool up) { return up ? tree_[element].parent : places_.of(element).previous; }

  bool compound(const Compound& part, NodeIndex element) {
    return std::ranges::all_of(part.tests, [&](const Simple& test) { return simple(test, element); });
  }

  std::optional<std::string_view> attribute(NodeIndex element, std::string_view name) {
    for (const auto& [key, value] : tree_.attributes(element)) {
      ++steps_;
      if (key != name) continue;
      steps_ += value.size() / kBytesPerStep;  // a huge attribute is compared again for each element below it
      return value;
    }
    return std::nullopt;
  }

  bool simple(const Simple& test, NodeIndex at) {
    const auto& element = tree_[at];
    switch (test.test) {
      case Test::any: return true;
      case Test::type: return tree_.name(at) == test.value;
      case Test::id: return attribute(at, "id") == std::string_view{test.value};
      case Test::class_name: return contains_word(attribute(at, "class").value_or(""), test.value, false);
      case Test::attribute: return attribute_matches(test, at);
      case Test::root: return element.parent == kNoNode;
      case Test::scope: return scope_ == 0 ? element.parent == kNoNode : at == scope_;
      case Test::empty: return element.first_child == kNoNode;
      case Test::lang: return language(test, at);
      case Test::nth: return nth(test, at);
      case Test::only: return (test.of_type ? places_.of(at).type_siblings : places_.of(at).siblings) == 1;
      case Test::is: return any(test.list, at);
      case Test::negation: return !any(test.list, at);
      case Test::has: return has(test.list, at);
      case Test::never: return false;
      default: return form_state(test.test, at);
    }
  }

  bool attribute_matches(const Simple& test, NodeIndex at) {
    const auto have = attribute(at, test.name);
    if (!have) return false;
    const bool fold =
        test.letters == Case::insensitive || (test.letters == Case::document && folds_by_default(test.name));
    return fold ? value_matches(ascii_lower(*have), ascii_lower(test.value), test.match)
                : value_matches(*have, test.value, test.match);
  }

  bool language(const Simple& test, NodeIndex at) {
    for (; at != kNoNode; at = tree_[at].parent) {
      ++steps_;
      const auto stated = attribute(at, "lang");
      if (!stated) continue;
      const std::string lower = ascii_lower(*stated);
      return std::ranges::any_of(test.words, [&](const std::string& range) { return language_in_range(lower, range); });
    }
    return false;
  }

  bool nth(const Simple& test, NodeIndex at) {
    const Place& element = places_.of(at);
    std::int64_t place = test.of_type ? element.type_place : element.place;
    if (!test.list.empty()) {
      if (!any(test.list, at)) return false;
      place = 1;
      for (NodeIndex other = beside(at, test.from_end); other != kNoNode; other = beside(other, test.from_end)) {
        place += any(test.list, other) ? 1 : 0;
      }
    } else if (test.from_end) {
      place = (test.of_type ? element.type_siblings : element.siblings) - place + 1;
    }
    const std::int64_t rest = place - test.offset;
    return test.step == 0 ? rest == 0 : rest % test.step == 0 && rest / test.step >= 0;
  }

  NodeIndex beside(NodeIndex at, bool after) { return after ? places_.of(at).next : places_.of(at).previous; }

  bool has(const List& list, NodeIndex at) {
    return std::ranges::any_of(list, [&](const Complex& complex) {
      const Combinator first = complex.front().before;
      const bool inside = first == Combinator::descendant || first == Combinator::child;
      const NodeIndex parent = tree_[at].parent;
      const NodeIndex end = inside ? tree_[at].end : parent == kNoNode ? tree_.size() : tree_[parent].end;
      for (NodeIndex i = inside ? at + 1 : tree_[at].end; i < end && !spent(); ++i) {
        if (tree_[i].is_element() && ends_at(complex, complex.size() - 1, i, at)) return true;
      }
      return false;
    });
  }

  bool form_state(Test test, NodeIndex at) {
    const auto name = tree_.name(at);
    const bool input = name == "input" || name == "select" || name == "textarea";
    const bool control = input || name == "button" || name == "option" || name == "optgroup" || name == "fieldset";
    switch (test) {
      case Test::checked:
        return attribute(at, name == "option" ? "selected" : "checked").has_value() &&
               (name == "input" || name == "option");
      case Test::disabled: return control && disabled(at);
      case Test::enabled: return control && !disabled(at);
      case Test::required: return input && attribute(at, "required").has_value();
      case Test::optional: return input && !attribute(at, "required").has_value();
      case Test::link: return (name == "a" || name == "area") && attribute(at, "href").has_value();
      default: return false;
    }
  }

  /// HTML, "concept-fe-disabled": disabled by its own attribute, or by an ancestor fieldset unless it is in that
  /// fieldset's first legend.
  bool disabled(NodeIndex at) {
    if (attribute(at, "disabled")) return true;
    const bool option = tree_.name(at) == "option";
    NodeIndex child = at;
    for (NodeIndex up = tree_[at].parent; up != kNoNode; child = up, up = tree_[up].parent) {
      ++steps_;
      const bool legend = tree_.name(child) == "legend" && places_.of(child).type_place == 1;
      if (option && tree_.name(up) == "optgroup") return attribute(up, "disabled").has_value();
      if (!option && tree_.name(up) == "fieldset" && attribute(up, "disabled") && !legend) return true;
    }
    return false;
  }

  const Document& tree_;
  SiblingPlaces places_;
  NodeIndex scope_;
  std::uint64_t steps_ = 0;
};

}  // namespace

std::vector<NodeIndex> Selector::select(const Document& document, NodeIndex root) const {
  std::vector<NodeIndex> found;
  if (root >= document.size()) return found;
  Matcher matcher{document, root};
  const NodeIndex end = root == 0 ? document.size() : document[root].end;
  for (NodeIndex i = root == 0 ? 0 : root + 1; i < end; ++i) {
    const bool match = document[i].is_element() && matcher.any(list_, i);
    if (matcher.spent()) break;  // an aborted match inside :not would count as a match
    if (match) found.push_back(i);
  }
  return found;
}

}  // namespace pw::html
