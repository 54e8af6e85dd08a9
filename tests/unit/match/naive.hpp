#pragma once
/// A naive implementation of the documented query language that tries every position.

#include "match/engine/bounds.hpp"
#include "match/engine/evaluate.hpp"
#include "text/token/tokens.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pw::match {

class NaiveEvaluator {
 public:
  explicit NaiveEvaluator(const Document& document) : document_(document) {
    texts_ = {document.title, document.text};
    for (std::size_t field = 0; field < texts_.size(); ++field) {
      text::Tokens tokens;
      tokens.read(texts_[field]);
      for (const text::Token& token : tokens.all()) {
        words_[field].push_back({std::string(tokens.text(token)), token.begin, token.end});
      }
    }
  }

  [[nodiscard]] bool holds(const query::Node& node) const {
    const auto& children = node.children;
    const auto holds_one = [this](const query::Node& child) { return holds(child); };
    switch (node.kind) {
      case query::Node::Kind::any: return std::ranges::any_of(children, holds_one);
      case query::Node::Kind::all: return std::ranges::all_of(children, holds_one);
      case query::Node::Kind::negation: return !holds(children[0]);
      case query::Node::Kind::property: return property_holds(node, document_);
      case query::Node::Kind::at_least: return places(children[0], 0).size() + places(children[0], 1).size() >= node.n;
      default: return !places(node, 0).empty() || !places(node, 1).empty();
    }
  }

 private:
  struct Word {
    std::string folded;
    std::size_t begin;
    std::size_t end;
  };
  using Place = std::pair<std::size_t, std::size_t>;  ///< first and last word

  [[nodiscard]] std::set<Place> places(const query::Node& node, std::size_t field) const {
    std::set<Place> out;
    if (node.kind == query::Node::Kind::any) {
      for (const query::Node& child : node.children) out.merge(places(child, field));
    } else if (node.kind == query::Node::Kind::near) {
      for (const Place& left : places(node.children[0], field)) {
        for (const Place& right : places(node.children[1], field)) {
          const Place hull{std::min(left.first, right.first), std::max(left.second, right.second)};
          if (is_near(node, left, right, hull, field)) out.insert(hull);
        }
      }
    } else {
      for (std::size_t first = 0; first < words_[field].size(); ++first) {
        const std::size_t others = node.kind == query::Node::Kind::window ? node.n : 0;
        const std::size_t end = std::min(words_[field].size(), first + node.tokens.size() + others);
        for (std::size_t last = first; last < end; ++last) {
          if (is_leaf_at(node, {first, last}, field)) out.insert({first, last});
        }
      }
    }
    return out;
  }

  [[nodiscard]] bool is_near(const query::Node& node, const Place& left, const Place& right, const Place& hull,
                             std::size_t field) const {
    const bool in_order = left.second < right.first;
    if (!in_order && (node.ordered || right.second >= left.first)) return false;
    if (node.reach == query::Reach::tokens) {
      return (in_order ? right.first - left.second : left.first - right.second) - 1 <= node.n;
    }
    for (std::size_t at = words_[field][hull.first].begin + 1; at < words_[field][hull.second].end; ++at) {
      const bool ends =
          node.reach == query::Reach::paragraph ? texts_[field][at - 1] == '\n' : ends_sentence(texts_[field], at);
      if (ends) return false;
    }
    return true;
  }

  [[nodiscard]] bool is_leaf_at(const query::Node& node, const Place& place, std::size_t field) const {
    if (node.field != query::Field::any && (node.field == query::Field::title) != (field == 0)) return false;
    const auto& words = words_[field];
    const Word& first = words[place.first];
    if (node.field == query::Field::lead &&
        words[place.second].end > texts_[1].substr(0, texts_[1].find('\n')).size()) {
      return false;
    }
    const std::size_t length = place.second - place.first + 1;
    std::vector<std::string> here;
    for (std::size_t i = place.first; i <= place.second; ++i) here.push_back(words[i].folded);
    switch (node.kind) {
      case query::Node::Kind::prefix: return length == 1 && first.folded.starts_with(node.tokens[0]);
      case query::Node::Kind::wildcard: return length == 1 && fits(first.folded, node.tokens[0]);
      case query::Node::Kind::exact:
        return here == node.tokens && first.begin >= node.n &&
               texts_[field].substr(first.begin - node.n, node.value.size()) == node.value;
      case query::Node::Kind::window:
        if (length > node.tokens.size() + node.n) return false;
        return std::ranges::all_of(node.tokens, [&](const std::string& word) {
          return std::ranges::count(here, word) >= std::ranges::count(node.tokens, word);
        });
      default: return here == node.tokens;
    }
  }

  static bool fits(std::string_view word, std::string_view pattern) {
    if (pattern.empty()) return word.empty();
    if (pattern == "*") return true;
    if (word.empty()) return false;
    if (pattern[0] != '?') return word[0] == pattern[0] && fits(word.substr(1), pattern.substr(1));
    std::size_t bytes = 1;
    while (bytes < word.size() && (static_cast<unsigned char>(word[bytes]) & 0xC0U) == 0x80U) ++bytes;
    return fits(word.substr(bytes), pattern.substr(1));
  }

  Document document_;
  std::array<std::string_view, 2> texts_;
  std::array<std::vector<Word>, 2> words_;
};

}  // namespace pw::match
