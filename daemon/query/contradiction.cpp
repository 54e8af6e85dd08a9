#include "query/contradiction.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

namespace pw::query {
namespace {

using Kind = Node::Kind;

/// Limit on the number of comparisons, as names can have many aliases.
constexpr std::size_t kMostCompared = 1'000'000;

bool covers(Field wide, Field narrow) {
  return wide == Field::any || wide == narrow || (wide == Field::text && narrow == Field::lead);
}

bool is_single(const Node& node) {
  return node.kind == Kind::property && node.until.empty() &&
         (node.name == "lang" || node.name == "country" || node.name == "source");
}

class Finder {
 public:
  std::optional<Contradiction> find(const Node& node) {
    if (node.kind == Kind::all) {
      wanted_.clear();
      unwanted_.clear();
      gather(node);
      if (auto found = judge()) return found;
    }
    for (const Node& child : node.children) {
      if (auto found = find(child)) return found;
    }
    return std::nullopt;
  }

 private:
  /// Collects the required and the excluded parts of nested ANDs.
  void gather(const Node& node) {
    for (const Node& child : node.children) {
      if (child.kind == Kind::all) {
        gather(child);
      } else if (child.kind == Kind::negation) {
        unwanted_.push_back(&child.children.front());
      } else {
        wanted_.push_back(&child);
      }
    }
  }

  std::optional<Contradiction> judge() {
    for (const Node* node : unwanted_) {
      if (is_implied(*node)) return never(*node);
    }
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      for (std::size_t k = i + 1; k < wanted_.size() && is_single(*wanted_[i]); ++k) {
        const Node& other = *wanted_[k];
        if (!is_single(other) || other.name != wanted_[i]->name || other.value == wanted_[i]->value) continue;
        const std::string a = to_query(*wanted_[i]);
        const std::string b = to_query(other);
        return Contradiction{fmt::format("no article can match: an article has only one {}", other.name),
                             {fmt::format("({} OR {})", a, b)}};
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] Contradiction never(const Node& unwanted) const {
    Contradiction out{
        fmt::format("no article can match: every article that matches the rest also matches {}", to_query(unwanted)),
        {}};
    for (const Node* node : wanted_) {
      if (node->kind != Kind::phrase || node->tokens != unwanted.tokens || node->term == unwanted.term) continue;
      out.message += "; case and accents are ignored, except in { }";
      out.readings.push_back(fmt::format("{{{}}} NOT {{{}}}", node->term, unwanted.term));
    }
    return out;
  }

  bool is_implied(const Node& node) {
    const auto holds = [this](const Node& part) { return is_implied(part); };
    if (node.kind == Kind::all) return std::ranges::all_of(node.children, holds);
    if (node.kind == Kind::any && std::ranges::any_of(node.children, holds)) return true;
    return std::ranges::any_of(wanted_, [&](const Node* one) { return implies(*one, node); });
  }

  /// True if every article that matches a also matches b.
  bool implies(const Node& a, const Node& b) {
    if (++compared_ > kMostCompared) return false;
    const auto from = [&](const Node& part) { return implies(part, b); };
    const auto to = [&](const Node& part) { return implies(a, part); };
    if (a.kind == Kind::any) return std::ranges::all_of(a.children, from);
    if (b.kind == Kind::any && std::ranges::any_of(b.children, to)) return true;
    if (b.kind == Kind::all) return std::ranges::all_of(b.children, to);
    if (a.kind == Kind::near && b.kind == Kind::near) return to_query(a) == to_query(b);
    if (a.kind == Kind::at_least && b.kind == Kind::at_least)
      return a.n >= b.n && implies(a.children[0], b.children[0]);
    if (!a.children.empty()) return a.kind != Kind::negation && std::ranges::any_of(a.children, from);
    return b.children.empty() && leaf_implies(a, b);
  }

  static bool leaf_implies(const Node& a, const Node& b) {
    if (a.kind == Kind::property || b.kind == Kind::property) {
      return a.kind == b.kind && a.name == b.name && a.value == b.value && a.until == b.until;
    }
    if (!covers(b.field, a.field)) return false;
    const bool in_a_row = a.kind == Kind::phrase || a.kind == Kind::exact;
    const auto begins = [&](const std::string& token) { return token.starts_with(b.tokens.front()); };
    switch (b.kind) {
      case Kind::phrase:
        if (a.kind == Kind::window) return b.tokens.size() == 1 && std::ranges::count(a.tokens, b.tokens.front()) > 0;
        // Not std::ranges::search: clang 14 cannot compile libstdc++ 12's version.
        return in_a_row &&
               std::search(a.tokens.begin(), a.tokens.end(), b.tokens.begin(), b.tokens.end()) != a.tokens.end();
      case Kind::prefix:
        return (in_a_row || a.kind == Kind::window || a.kind == Kind::prefix) && std::ranges::any_of(a.tokens, begins);
      case Kind::exact: return a.kind == Kind::exact && a.value == b.value;
      case Kind::window: return a.kind == Kind::window && a.tokens == b.tokens && a.n <= b.n;
      case Kind::wildcard: return a.kind == Kind::wildcard && a.tokens == b.tokens;
      default: return false;
    }
  }

  std::vector<const Node*> wanted_;
  std::vector<const Node*> unwanted_;
  std::size_t compared_ = 0;
};

}  // namespace

std::optional<Contradiction> find_contradiction(const Node& query) { return Finder().find(query); }

}  // namespace pw::query
