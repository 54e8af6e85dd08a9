#include "query/parser.hpp"

#include "core/text.hpp"
#include "query/refusal.hpp"
#include "query/scan.hpp"

#include <spdlog/fmt/fmt.h>
#include <spdlog/fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace pw::query {
namespace {

using Kind = Lexeme::Kind;

constexpr std::uint32_t kMaxInnerNear = 100;
constexpr int kMaxNearNesting = 8;

int near_nesting(const Node& node) {
  int deepest = 0;
  for (const Node& child : node.children) deepest = std::max(deepest, near_nesting(child));
  return deepest + (node.kind == Node::Kind::near ? 1 : 0);
}

/// Keeps weights within what can be written: at most 10,000, with four decimals.
void multiply_weights(Node& node, double factor) {
  node.weight = std::round(std::min(node.weight * factor, double{kMaxNumber}) * 1e4) / 1e4;
  for (Node& child : node.children) multiply_weights(child, factor);
}

bool has_places(const Node& node, bool with_near) {
  switch (node.kind) {
    case Node::Kind::phrase:
    case Node::Kind::prefix:
    case Node::Kind::wildcard:
    case Node::Kind::exact: return true;
    case Node::Kind::near: return with_near;
    case Node::Kind::any:
      return std::ranges::all_of(node.children, [&](const Node& child) { return has_places(child, with_near); });
    default: return false;
  }
}

bool has_far_near(const Node& node) {
  if (node.kind == Node::Kind::near && (node.reach != Reach::tokens || node.n > kMaxInnerNear)) return true;
  return std::ranges::any_of(node.children, has_far_near);
}

bool has_field(const Node& node) {
  const bool is_leaf = node.children.empty();
  return (is_leaf && (node.field != Field::any || node.kind == Node::Kind::property)) ||
         std::ranges::any_of(node.children, has_field);
}

void set_field(Node& node, Field field) {
  if (node.children.empty()) node.field = field;
  for (Node& child : node.children) set_field(child, field);
}

/// Rewrites a OR NOT b as a AND NOT b.
std::vector<std::string> with_what_must_be_there(const Node& node) {
  Node some;
  some.kind = Node::Kind::any;
  Node all;
  all.kind = Node::Kind::all;
  for (const Node& child : node.children) (matches_nothing(child) ? all : some).children.push_back(child);
  if (node.kind != Node::Kind::any || some.children.empty()) return {};
  all.children.insert(all.children.begin(), some.children.size() == 1 ? some.children.front() : some);
  return {to_query(all)};
}

constexpr unsigned kInTitle = 1;
constexpr unsigned kInText = 2;

/// The fields in which an operand of NEAR can occur.
unsigned fields_of(const Node& node) {
  if (node.children.empty()) {
    if (node.field == Field::any) return kInTitle | kInText;
    return node.field == Field::title ? kInTitle : kInText;
  }
  unsigned out = node.kind == Node::Kind::near ? kInTitle | kInText : 0;
  for (const Node& child : node.children) {
    out = node.kind == Node::Kind::near ? out & fields_of(child) : out | fields_of(child);
  }
  return out;
}

/// The operators used within one pair of brackets, to detect AND next to OR.
struct Level {
  std::size_t start = 0;
  const Lexeme* joined = nullptr;  ///< the last AND or NOT between terms
  const Lexeme* either = nullptr;  ///< the last OR
};

class Parser {
 public:
  Parser(std::vector<Lexeme> lexemes, std::string_view query, const Grammar& grammar, const NameTable& names)
      : lexemes_(std::move(lexemes)), query_(query), grammar_(grammar), terms_(names) {}

  Node run() {
    if (at(Kind::end)) refuse(0, "the query is empty");
    Node node = read_level("");
    if (at(Kind::close)) refuse(peek().offset, "this ) closes nothing");
    if (!at(Kind::end)) refuse_missing_operator();
    if (matches_nothing(node)) {
      refuse(0, "the query matches articles that contain none of its words; NOT needs another operand",
             with_what_must_be_there(node));
    }
    return node;
  }

 private:
  [[nodiscard]] const Lexeme& peek() const { return lexemes_[pos_]; }
  [[nodiscard]] bool at(Kind kind) const { return peek().kind == kind; }
  const Lexeme& take() { return lexemes_[pos_++]; }

  [[nodiscard]] std::string source(std::size_t from, std::size_t to) const {
    return std::string(trim(query_.substr(from, to - from)));
  }

  [[noreturn]] void refuse_missing_operator() {
    const std::size_t here = peek().offset;
    const std::string left = source(operand_, here);
    const std::string right = source(here, peek().end);
    std::vector<std::string> readings{left + " AND " + right, left + " OR " + right};
    const bool words = (left + right).find_first_of("()\"“”{}[]:*?^") == std::string::npos;
    if (words) readings.push_back('"' + left + ' ' + right + '"');
    refuse(here, "no operator between these two terms", std::move(readings));
  }

  struct Depth {
    explicit Depth(std::size_t& depth, std::size_t offset) : depth_(depth) {
      if (++depth_ > kMaxDepth) refuse(offset, fmt::format("brackets are nested deeper than {}", kMaxDepth));
    }
    ~Depth() { --depth_; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;
    std::size_t& depth_;
  };

  [[nodiscard]] bool at_operator() const {
    return at(Kind::and_) || at(Kind::or_) || at(Kind::not_) || at(Kind::near) || at(Kind::same_field);
  }

  Node read_level(const std::string& field) {
    const Depth depth(depth_, peek().offset);
    Level level;
    level.start = peek().offset;
    return read_expression(field, 1, level);
  }

  /// Parses operators with a precedence of at least `least`, left-associatively.
  Node read_expression(const std::string& field, int least, Level& level) {
    const std::size_t start = peek().offset;
    Node left = read_unary(field, level);
    const Lexeme* joined_by = nullptr;  // the operator that produced `left`, if on this level
    while (at_operator() && grammar_.strength(peek()) >= least) {
      const Lexeme& op = take();
      const std::size_t right_at = peek().offset;
      Node right = read_expression(field, grammar_.strength(op) + 1, level);
      if (op.kind == Kind::near) {
        left = near(std::move(left), std::move(right), op, start, right_at);
        if (!grammar_.chain_near && at(Kind::near)) refuse_chain(op, start, right_at);
      } else if (op.kind == Kind::same_field) {
        left = same_field(left, right, op);
      } else {
        note(op, level);
        left = join(std::move(left), std::move(right), op, joined_by);
      }
      joined_by = &op;
    }
    return left;
  }

  Node read_unary(const std::string& field, Level& level) {
    if (!at(Kind::not_)) return read_primary(field);
    const Depth depth(depth_, peek().offset);
    take();
    Node node;
    node.kind = Node::Kind::negation;
    node.children.push_back(at(Kind::not_) ? read_unary(field, level)
                                           : read_expression(field, grammar_.not_strength, level));
    return node;
  }

  void note(const Lexeme& op, Level& level) {
    (op.kind == Kind::or_ ? level.either : level.joined) = &op;
    if (grammar_.refuse_mixture && level.either != nullptr && level.joined != nullptr) refuse_mixture(level);
  }

  [[noreturn]] void refuse_mixture(const Level& level) {
    const bool and_first = level.joined->offset < level.either->offset;
    const Lexeme& first = and_first ? *level.joined : *level.either;
    const Lexeme& second = and_first ? *level.either : *level.joined;
    const std::string a = source(level.start, first.offset);
    const std::string b = source(first.end, second.offset);
    const std::string c = source(second.end, peek().offset);
    const std::string op1 = written(first);
    const std::string op2 = written(second);
    refuse(second.offset, "AND next to OR needs brackets",
           {fmt::format("({} {} {}) {} {}", a, op1, b, op2, c), fmt::format("{} {} ({} {} {})", a, op1, b, op2, c)});
  }

  /// An operator as written, or AND where the dialect implies it between two words.
  [[nodiscard]] std::string written(const Lexeme& op) const {
    return op.end == op.offset ? "AND" : source(op.offset, op.end);
  }

  [[noreturn]] void refuse_chain(const Lexeme& op, std::size_t start, std::size_t right_at) {
    const Lexeme& next = peek();
    const std::string a = source(start, op.offset);
    const std::string b = source(right_at, next.offset);
    const std::string c = source(next.end, lexemes_[std::min(pos_ + 1, lexemes_.size() - 1)].end);
    const std::string op1 = source(op.offset, op.end);
    const std::string op2 = source(next.offset, next.end);
    refuse(next.offset, "consecutive NEARs need brackets",
           {fmt::format("({} {} {}) {} {}", a, op1, b, op2, c),
            fmt::format("({} {} {}) AND ({} {} {})", a, op1, b, b, op2, c)});
  }

  static Node join(Node left, Node right, const Lexeme& op, const Lexeme* joined_by) {
    const bool either = op.kind == Kind::or_;
    if (op.kind == Kind::not_) {
      Node not_right;
      not_right.kind = Node::Kind::negation;
      not_right.children.push_back(std::move(right));
      right = std::move(not_right);
    }
    // a AND b AND c is a single node with three children.
    const bool same = joined_by != nullptr && joined_by->kind != Kind::near && joined_by->kind != Kind::same_field &&
                      (joined_by->kind == Kind::or_) == either;
    if (same) {
      left.children.push_back(std::move(right));
      return left;
    }
    Node node;
    node.kind = either ? Node::Kind::any : Node::Kind::all;
    node.children.push_back(std::move(left));
    node.children.push_back(std::move(right));
    return node;
  }

  /// Both operands in the title, or both in the text.
  static Node same_field(const Node& left, const Node& right, const Lexeme& op) {
    if (has_field(left) || has_field(right)) {
      refuse(op.offset, "an operator for a single field cannot be used with terms that already have a field");
    }
    if (to_query(left) == to_query(right)) {
      refuse(op.offset, "to require two occurrences of a word, use ATLEAST",
             {fmt::format("atleast2({})", to_query(left))});
    }
    Node node;
    node.kind = Node::Kind::any;
    for (const Field field : {Field::title, Field::text}) {
      Node both;
      both.kind = Node::Kind::all;
      both.children = {left, right};
      set_field(both, field);
      node.children.push_back(std::move(both));
    }
    return node;
  }

  /// AND inside NEAR: the likely meaning is a separate NEAR for each operand of the AND.
  [[noreturn]] static void refuse_beside_near(const Node& left, const Node& right, const Lexeme& op, std::size_t at) {
    std::vector<std::string> readings;
    const bool left_is_all = left.kind == Node::Kind::all;
    const Node& all = left_is_all ? left : right;
    Node near = near_node(op);
    for (const Node& one : all.children) {
      if (all.kind != Node::Kind::all || one.kind == Node::Kind::negation || all.children.size() > 3) break;
      near.children = left_is_all ? std::vector{one, right} : std::vector{left, one};
      readings.push_back(to_query(near));
    }
    if (readings.size() < 2) readings.clear();
    if (!readings.empty())
      readings = {fmt::format("{}", fmt::join(readings, " AND ")), to_query(left) + " AND " + to_query(right)};
    refuse(at, "the operands of NEAR must be words, phrases, NEARs, or an OR of them", std::move(readings));
  }

  static Node near_node(const Lexeme& op) {
    Node node;
    node.kind = Node::Kind::near;
    node.reach = op.reach;
    node.n = op.n;
    node.ordered = op.ordered;
    return node;
  }

  static Node near(Node left, Node right, const Lexeme& op, std::size_t left_at, std::size_t right_at) {
    for (const auto& [side, at] : {std::pair{&left, left_at}, std::pair{&right, right_at}}) {
      if (!has_places(*side, true)) refuse_beside_near(left, right, op, at);
      if (has_far_near(*side)) {
        refuse(at, fmt::format("a NEAR inside a NEAR counts words, at most {}", kMaxInnerNear));
      }
    }
    if ((fields_of(left) & fields_of(right)) == 0) {
      refuse(op.offset, "one operand is in the title and the other in the text, so they are never near each other",
             {to_query(left) + " AND " + to_query(right)});
    }
    Node node = near_node(op);
    node.children.push_back(std::move(left));
    node.children.push_back(std::move(right));
    if (near_nesting(node) > kMaxNearNesting) {
      refuse(op.offset, fmt::format("NEARs are nested deeper than {}", kMaxNearNesting));
    }
    return node;
  }

  Node read_primary(const std::string& field) {
    operand_ = peek().offset;
    Lexeme one = take();
    const std::string& in = one.field.empty() ? field : one.field;
    switch (one.kind) {
      case Kind::open: {
        if (!is_property(one.field)) text_field(one.field, one.offset);
        if (at(Kind::close)) refuse(one.offset, "these brackets are empty");
        Node node = read_level(in);
        if (!at(Kind::close)) {
          if (at(Kind::end)) refuse(one.offset, "this ( is never closed");
          refuse_missing_operator();
        }
        const double weight = take().weight;
        if (weight != 1) multiply_weights(node, weight);
        operand_ = one.offset;
        return node;
      }
      case Kind::at_least: {
        const std::size_t inner = peek().offset;
        Node node;
        node.kind = Node::Kind::at_least;
        node.n = one.n;
        node.children.push_back(read_primary(field));
        operand_ = one.offset;
        if (!has_places(node.children.front(), false)) {
          refuse(inner, "the operand of atleast must be a word, a phrase, or an OR of them");
        }
        return node;
      }
      case Kind::word:
      case Kind::phrase:
      case Kind::range:
      case Kind::exact: one.field = in; return terms_.read(one);
      case Kind::end: refuse(one.offset, "expected a word, but the query ends here");
      case Kind::close: refuse(one.offset, "expected a word before this )");
      default: {
        const std::string op = source(one.offset, one.end);
        refuse(one.offset, fmt::format("a word was expected here; to search for the word itself, write \"{}\"", op));
      }
    }
  }

  std::vector<Lexeme> lexemes_;
  std::string_view query_;
  const Grammar& grammar_;
  TermReader terms_;
  std::size_t pos_ = 0;
  std::size_t depth_ = 0;
  std::size_t operand_ = 0;  ///< offset of the last operand
};

}  // namespace

const Grammar& presswatch_grammar() {
  static const Grammar grammar{[](const Lexeme& op) {
                                 switch (op.kind) {
                                   case Kind::or_: return 1;
                                   case Kind::and_:
                                   case Kind::not_: return 2;
                                   default: return 3;
                                 }
                               },
                               true, false, 3};
  return grammar;
}

Node parse(std::vector<Lexeme> lexemes, std::string_view query, const Grammar& grammar, const NameTable& names) {
  return Parser(std::move(lexemes), query, grammar, names).run();
}

}  // namespace pw::query
