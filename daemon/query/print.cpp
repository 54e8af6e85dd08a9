/// Prints a tree in the default dialect, such that parsing the output yields the same tree.

#include "core/text.hpp"
#include "query/query.hpp"
#include "query/scan.hpp"
#include "text/token/fold.hpp"

#include <spdlog/fmt/fmt.h>
#include <spdlog/fmt/ranges.h>

#include <algorithm>
#include <array>

namespace pw::query {
namespace {

/// True if the term would be parsed as one word (with its * and ?), rather than as an operator or several words.
bool is_bare_word(std::string_view term) {
  constexpr std::array<std::string_view, 5> kOperators{"and", "or", "not", "near", "onear"};
  if (std::ranges::find(kOperators, ascii_lower(term)) != kOperators.end()) return false;
  for (std::size_t pos = 0; pos < term.size();) {
    if (space_length(term.substr(pos)) + invisible_length(term.substr(pos)) > 0) return false;
    const char32_t c = next_code_point(term, pos);
    if (c == U'*' || c == U'?') continue;
    const auto separates = [](const text::FoldedChar& one) {
      return one.kind == text::CharKind::separator || one.kind == text::CharKind::apostrophe;
    };
    const auto folded = text::fold(c);
    if (std::any_of(folded.begin(), folded.end(), separates)) return false;
  }
  return true;
}

std::string phrase(const Node& node) {
  if (node.tokens.size() == 1 && node.term.find_first_of("*?") == std::string::npos && is_bare_word(node.term)) {
    return node.term;
  }
  if (node.term.find('"') == std::string::npos) return '"' + node.term + '"';
  if (node.tokens.size() == 1 && is_bare_word(node.tokens.front())) return node.tokens.front();
  return fmt::format("\"{}\"", fmt::join(node.tokens, " "));
}

std::string join(const std::vector<Node>& children, std::string_view op) {
  std::string out;
  for (const Node& child : children) {
    if (!out.empty()) out += op;
    out += to_query(child);
  }
  return '(' + out + ')';
}

std::string near(const Node& node) {
  std::string op = fmt::format("{}NEAR/{}", node.ordered ? "O" : "", node.n);
  if (node.reach != Reach::tokens) op = node.reach == Reach::sentence ? "/s" : "/p";
  return fmt::format("({} {} {})", to_query(node.children[0]), op, to_query(node.children[1]));
}

std::string property(const Node& node) {
  if (!node.until.empty()) return fmt::format("{}:[{} TO {}]", node.name, node.value, node.until);
  return fmt::format("{}:\"{}\"", node.name, node.value);
}

/// Up to four decimals, without trailing zeros.
std::string weight(double value) {
  std::string out = fmt::format("{:.4f}", value);
  out.erase(out.find_last_not_of('0') + 1);
  if (out.ends_with('.')) out.pop_back();
  return out;
}

std::string bare(const Node& node) {
  switch (node.kind) {
    case Node::Kind::phrase: return phrase(node);
    case Node::Kind::prefix: return is_bare_word(node.term) ? node.term : node.tokens.front() + '*';
    case Node::Kind::wildcard: return is_bare_word(node.term) ? node.term : node.tokens.front();
    case Node::Kind::exact: return '{' + node.value + '}';
    case Node::Kind::window:
      return fmt::format(
          "\"{}\"~{}",
          node.term.find('"') == std::string::npos ? node.term : fmt::format("{}", fmt::join(node.tokens, " ")),
          node.n);
    default: return {};
  }
}

}  // namespace

std::string to_query(const Node& node) {
  switch (node.kind) {
    case Node::Kind::near: return near(node);
    case Node::Kind::all: return join(node.children, " AND ");
    case Node::Kind::any: return join(node.children, " OR ");
    case Node::Kind::negation: return "NOT " + to_query(node.children.front());
    case Node::Kind::at_least: return fmt::format("atleast{}({})", node.n, to_query(node.children.front()));
    case Node::Kind::property: return property(node);
    default: break;
  }
  constexpr std::array<std::string_view, 4> kPrefixes{"", "title:", "text:", "lead:"};
  std::string out = std::string(kPrefixes[static_cast<std::size_t>(node.field)]) + bare(node);
  if (node.weight != 1) out += '^' + weight(node.weight);
  return out;
}

}  // namespace pw::query
