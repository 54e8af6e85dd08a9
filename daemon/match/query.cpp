#include "match/query.hpp"

#include "core/text.hpp"
#include "match/lexer.hpp"
#include "match/tokens.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>

namespace pw::match {
namespace {

using Kind = Lexeme::Kind;

constexpr std::size_t kMaxTerms = 10'000;
constexpr std::array<std::string_view, 3> kTextFields{"title", "text", "lead"};
constexpr std::array<std::string_view, 5> kProperties{"lang", "source", "tag", "site", "url"};

struct Refusal {
  QueryError error;
};

[[noreturn]] void refuse(std::size_t offset, std::string message, std::vector<std::string> readings = {}) {
  throw Refusal{{std::move(message), offset, std::move(readings)}};
}

std::vector<std::string> tokens_of(std::string_view text) {
  Tokens tokens;
  tokens.read(text);
  std::vector<std::string> out;
  for (const Token& token : tokens.all()) out.emplace_back(tokens.text(token));
  return out;
}

Node combine(Node::Kind kind, std::vector<Node> children) {
  if (children.size() == 1) return std::move(children.front());
  Node node;
  node.kind = kind;
  node.children = std::move(children);
  return node;
}

/// or := and { OR and }; and := not { (AND | NOT | AND NOT) not }; not := NOT not | near; near := primary [NEAR/n
/// primary].
class Parser {
 public:
  Parser(std::vector<Lexeme> lexemes, std::string_view query, const Names& names)
      : lexemes_(std::move(lexemes)), query_(query), names_(names) {}

  Node run() {
    if (at(Kind::end)) refuse(0, "the query is empty");
    Node node = read_or("");
    if (at(Kind::close)) refuse(peek().offset, "this ) closes nothing");
    if (!at(Kind::end)) refuse_missing_operator();
    if (matches_nothing(node)) {
      refuse(0, "the query is true of articles that hold none of its words; NOT needs something beside it");
    }
    return node;
  }

 private:
  [[nodiscard]] const Lexeme& peek() const { return lexemes_[pos_]; }
  [[nodiscard]] bool at(Kind kind) const { return peek().kind == kind; }
  Lexeme take() { return lexemes_[pos_++]; }

  [[nodiscard]] std::string source(std::size_t from, std::size_t to) const {
    return std::string(trim(query_.substr(from, to - from)));
  }

  [[noreturn]] void refuse_missing_operator() {
    const std::size_t here = peek().offset;
    const std::string before = source(operand_, here);
    const std::string after =
        source(here, std::min(query_.size(), lexemes_[std::min(pos_ + 1, lexemes_.size() - 1)].offset));
    refuse(here, "there is no operator between these two terms",
           {before + " AND " + after, before + " OR " + after, '"' + before + ' ' + after + '"'});
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

  Node read_or(const std::string& field) {
    const Depth depth(depth_, peek().offset);
    const std::size_t start = peek().offset;
    std::vector<Node> parts;
    std::size_t joined = std::string_view::npos;  // where an AND stood
    std::size_t either = std::string_view::npos;  // where an OR stood
    parts.push_back(read_and(field, joined));
    while (at(Kind::or_)) {
      either = take().offset;
      parts.push_back(read_and(field, joined));
      if (joined != std::string_view::npos) break;
    }
    if (joined != std::string_view::npos && either != std::string_view::npos) refuse_mixture(start, joined, either);
    return combine(Node::Kind::any, std::move(parts));
  }

  [[noreturn]] void refuse_mixture(std::size_t start, std::size_t joined, std::size_t either) {
    std::size_t end = peek().offset;
    const std::size_t first = std::min(joined, either);
    const std::size_t second = std::max(joined, either);
    const auto word_end = [&](std::size_t at) {
      return at + (query_.substr(at, 2) == "OR" || query_.substr(at, 2) == "or" ? 2U
                   : query_.substr(at, 1) == "|"                                ? 1U
                                                                                : 3U);
    };
    const std::string a = source(start, first);
    const std::string b = source(word_end(first), second);
    const std::string c = source(word_end(second), end);
    const std::string op1 = first == joined ? "AND" : "OR";
    const std::string op2 = second == joined ? "AND" : "OR";
    refuse(second, "AND and OR stand side by side without brackets",
           {fmt::format("({} {} {}) {} {}", a, op1, b, op2, c), fmt::format("{} {} ({} {} {})", a, op1, b, op2, c)});
  }

  Node read_and(const std::string& field, std::size_t& joined) {
    std::vector<Node> parts;
    parts.push_back(read_not(field));
    while (at(Kind::and_) || at(Kind::not_)) {
      joined = peek().offset;
      if (at(Kind::and_)) take();
      parts.push_back(read_not(field));
    }
    return combine(Node::Kind::all, std::move(parts));
  }

  Node read_not(const std::string& field) {
    if (!at(Kind::not_)) return read_near(field);
    const Depth depth(depth_, peek().offset);
    take();
    Node node;
    node.kind = Node::Kind::negation;
    node.children.push_back(read_not(field));
    return node;
  }

  Node read_near(const std::string& field) {
    const std::size_t left_at = peek().offset;
    Node left = read_primary(field);
    if (!at(Kind::near)) return left;
    const Lexeme op = take();
    const std::size_t right_at = peek().offset;
    Node right = read_primary(field);
    if (at(Kind::near)) refuse(peek().offset, "NEAR cannot be chained; write (a NEAR/5 b) AND (b NEAR/5 c)");
    require_spans(left, left_at);
    require_spans(right, right_at);
    Node node;
    node.kind = Node::Kind::near;
    node.n = op.n;
    node.ordered = op.ordered;
    node.children.push_back(std::move(left));
    node.children.push_back(std::move(right));
    return node;
  }

  /// NEAR and atleast count places, which only words, phrases and an OR of them have.
  static void require_spans(const Node& node, std::size_t offset) {
    const auto has_places = [](const Node& one) {
      return one.kind == Node::Kind::phrase || one.kind == Node::Kind::prefix || one.kind == Node::Kind::exact;
    };
    const auto deep = [&](const auto& self, const Node& one) -> bool {
      if (one.kind != Node::Kind::any) return has_places(one);
      return std::ranges::all_of(one.children, [&](const Node& child) { return self(self, child); });
    };
    if (!deep(deep, node)) refuse(offset, "only words, phrases, or an OR of them in brackets can stand here");
  }

  Node read_primary(const std::string& field) {
    operand_ = peek().offset;
    Lexeme one = take();
    const std::string& in = one.field.empty() ? field : one.field;
    switch (one.kind) {
      case Kind::open: {
        if (!one.field.empty()) field_of(one);
        Node node = read_or(in);
        if (!at(Kind::close)) {
          if (at(Kind::end)) refuse(one.offset, "this ( is never closed");
          refuse_missing_operator();
        }
        take();
        operand_ = one.offset;
        return node;
      }
      case Kind::at_least: {
        const std::size_t inner = peek().offset;
        Node node;
        node.kind = Node::Kind::at_least;
        node.n = one.n;
        node.children.push_back(read_primary(field));
        require_spans(node.children.front(), inner);
        return node;
      }
      case Kind::word:
      case Kind::phrase:
      case Kind::exact: one.field = in; return leaf(one);
      case Kind::end: refuse(one.offset, "the query ends where a word was expected");
      default: refuse(one.offset, "a word was expected here");
    }
  }

  static Field field_of(const Lexeme& one) {
    if (one.field.empty()) return Field::any;
    if (one.field == "title") return Field::title;
    if (one.field == "text") return Field::text;
    if (one.field == "lead") return Field::lead;
    std::vector<std::string_view> known(kTextFields.begin(), kTextFields.end());
    known.insert(known.end(), kProperties.begin(), kProperties.end());
    const std::string_view near = nearest_name(one.field, known);
    refuse(one.offset, fmt::format("there is no field \"{}\"{}", one.field,
                                   near.empty() ? "" : fmt::format("; did you mean {}:?", near)));
  }

  Node leaf(const Lexeme& one) {
    if (++terms_ > kMaxTerms) refuse(one.offset, fmt::format("the query has more than {} terms", kMaxTerms));
    if (std::ranges::find(kProperties, one.field) != kProperties.end()) return property(one);
    Node node;
    node.field = field_of(one);
    node.weight = one.weight;
    node.term = one.text + (one.prefix ? "*" : "");
    node.tokens = tokens_of(one.text);
    if (node.tokens.empty()) refuse(one.offset, "there is no letter or digit in this term");
    if (one.kind == Kind::exact) {
      node.kind = Node::Kind::exact;
      node.value = std::string(trim(one.text));
    } else if (one.prefix) {
      node.kind = Node::Kind::prefix;
      if (node.tokens.size() != 1) refuse(one.offset, "a word that ends in * must be one word, without marks in it");
    } else if (one.has_slop && node.tokens.size() > 1) {
      node.kind = Node::Kind::window;
      node.n = one.n;
    }
    return node.kind == Node::Kind::phrase ? with_aliases(std::move(node)) : node;
  }

  static Node property(const Lexeme& one) {
    Node node;
    node.kind = Node::Kind::property;
    node.name = one.field;
    node.value = ascii_lower(one.text);
    node.term = one.field + ":" + one.text;
    return node;
  }

  /// A term that equals a name is an OR of itself and the name's aliases.
  [[nodiscard]] Node with_aliases(Node node) const {
    for (const auto& [name, aliases] : names_) {
      if (tokens_of(name) != node.tokens) continue;
      std::vector<Node> all{node};
      for (const std::string& alias : aliases) {
        Node other = node;
        other.alias_of = name;
        other.term = alias;
        other.tokens = tokens_of(alias);
        if (!other.tokens.empty() && other.tokens != node.tokens) all.push_back(std::move(other));
      }
      return combine(Node::Kind::any, std::move(all));
    }
    return node;
  }

  std::vector<Lexeme> lexemes_;
  std::string_view query_;
  const Names& names_;
  std::size_t pos_ = 0;
  std::size_t depth_ = 0;
  std::size_t terms_ = 0;
  std::size_t operand_ = 0;  ///< where the last operand began
};

std::string quoted(const Node& node) {
  const bool plain = node.tokens.size() == 1 && node.term.find_first_of(" \t\n") == std::string::npos;
  return plain ? node.term : '"' + node.term + '"';
}

std::string join(const std::vector<Node>& children, std::string_view op) {
  std::string out;
  for (const Node& child : children) {
    if (!out.empty()) out += op;
    out += to_query(child);
  }
  return '(' + out + ')';
}

}  // namespace

bool matches_nothing(const Node& node) {
  switch (node.kind) {
    case Node::Kind::any: return std::ranges::any_of(node.children, matches_nothing);
    case Node::Kind::all: return std::ranges::all_of(node.children, matches_nothing);
    case Node::Kind::negation: return !matches_nothing(node.children.front());
    case Node::Kind::property: return true;  // of an article without words too
    default: return false;
  }
}

std::string to_query(const Node& node) {
  constexpr std::array<std::string_view, 4> kFields{"", "title:", "text:", "lead:"};
  const std::string_view field = kFields[static_cast<std::size_t>(node.field)];
  switch (node.kind) {
    case Node::Kind::phrase: return fmt::format("{}{}", field, quoted(node));
    case Node::Kind::prefix: return fmt::format("{}{}", field, node.term);
    case Node::Kind::exact: return fmt::format("{}{{{}}}", field, node.value);
    case Node::Kind::window: return fmt::format("{}\"{}\"~{}", field, node.term, node.n);
    case Node::Kind::near:
      return fmt::format("({} {}NEAR/{} {})", to_query(node.children[0]), node.ordered ? "O" : "", node.n,
                         to_query(node.children[1]));
    case Node::Kind::all: return join(node.children, " AND ");
    case Node::Kind::any: return join(node.children, " OR ");
    case Node::Kind::negation: return "NOT " + to_query(node.children.front());
    case Node::Kind::at_least: return fmt::format("atleast{}({})", node.n, to_query(node.children.front()));
    case Node::Kind::property: return fmt::format("{}:\"{}\"", node.name, node.value);
  }
  return {};
}

std::variant<Node, QueryError> parse_query(std::string_view query, const Names& names) {
  if (query.size() > kMaxQueryBytes) return QueryError{"the query is over 64 KiB", kMaxQueryBytes, {}};
  auto lexemes = lex(query);
  if (auto* error = std::get_if<QueryError>(&lexemes)) return std::move(*error);
  try {
    return Parser(std::move(std::get<std::vector<Lexeme>>(lexemes)), query, names).run();
  } catch (Refusal& refusal) {
    return std::move(refusal.error);
  }
}

std::variant<Node, QueryError> parse_keywords(const std::vector<std::string>& keywords, const Names& names) {
  std::vector<Node> all;
  for (const std::string& keyword : keywords) {
    std::string_view word = trim(keyword);
    const bool prefix = word.ends_with('*');
    if (prefix) word.remove_suffix(1);
    auto one = parse_query('"' + std::string(word) + '"', names);
    if (prefix) one = parse_query(std::string(word) + '*', names);
    if (auto* error = std::get_if<QueryError>(&one)) {
      error->message = "keyword \"" + printable(keyword) + "\": " + error->message;
      error->offset = 0;
      return std::move(*error);
    }
    all.push_back(std::move(std::get<Node>(one)));
  }
  if (all.empty()) return QueryError{"there are no keywords", 0, {}};
  return combine(Node::Kind::any, std::move(all));
}

std::string render(const QueryError& error, std::string_view query) {
  const std::size_t offset = std::min(error.offset, query.size());
  const std::size_t newline = query.substr(0, offset).rfind('\n');
  const std::size_t start = newline == std::string_view::npos ? 0 : newline + 1;
  const std::string_view line = query.substr(start, std::min(query.find('\n', offset), query.size()) - start);
  std::size_t column = 0;
  for (std::size_t pos = 0; pos < offset - start; ++column) next_code_point(line, pos);
  std::string out = error.message + "\n    " + printable(line, 2000) + "\n    " + std::string(column, ' ') + '^';
  for (const std::string& reading : error.readings) out += "\n    perhaps: " + printable(reading, 2000);
  return out;
}

}  // namespace pw::match
