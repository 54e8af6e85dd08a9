#include "query/terms.hpp"

#include "core/text.hpp"
#include "query/fields.hpp"
#include "query/property_term.hpp"
#include "query/refusal.hpp"
#include "query/scan.hpp"
#include "text/token/tokens.hpp"

#include <spdlog/fmt/fmt.h>
#include <spdlog/fmt/ranges.h>

#include <algorithm>
#include <array>

namespace pw::query {
namespace {

using Kind = Lexeme::Kind;

constexpr std::size_t kMaxTerms = 10'000;
constexpr std::size_t kMaxLeaves = 200'000;

/// A word with a trailing * or with ? inside, as a leaf.
Node marked_word(std::string_view word, std::size_t offset) {
  const bool open = word.ends_with('*');
  const std::string_view stem = open ? word.substr(0, word.size() - 1) : word;
  if (word.starts_with('?') || word.starts_with('*')) {
    refuse(offset, "a word cannot begin with * or ?; they must follow letters, as in Azerbaijan*");
  }
  const std::size_t star = stem.find('*');
  if (star != std::string_view::npos) {
    refuse(offset + star, "* is only allowed at the end of a word, as in Azerbaijan*; inside a word, ? is one letter",
           {std::string(stem.substr(0, star)) + '*'});
  }
  std::string pattern;
  for (std::size_t at = 0; at <= stem.size();) {
    const std::size_t mark = std::min(stem.find('?', at), stem.size());
    const std::string_view piece = stem.substr(at, mark - at);
    const auto tokens = tokens_of(piece);
    if (tokens.size() > 1 || (tokens.empty() && !piece.empty())) {
      refuse(offset, fmt::format("a term with {} must be one word without punctuation", open ? '*' : '?'));
    }
    if (!tokens.empty()) pattern += tokens.front();
    if (mark < stem.size()) pattern += '?';
    at = mark + 1;
  }
  Node node;
  node.term = std::string(word);
  if (pattern.find('?') == std::string::npos) {
    if (code_points(pattern) < 2) refuse(offset, "* needs at least two letters before it");
    node.kind = Node::Kind::prefix;
  } else {
    node.kind = Node::Kind::wildcard;
    if (open) pattern += '*';
  }
  node.tokens.push_back(std::move(pattern));
  return node;
}

/// Inside quotes, ? at the end of a word is punctuation.
bool has_mark(std::string_view word) {
  if (word.find('*') != std::string_view::npos) return true;
  const std::size_t mark = word.find('?');
  return mark != std::string_view::npos && mark > 0 && !tokens_of(word.substr(mark)).empty();
}

Node plain(std::string_view text) {
  Node node;
  node.term = std::string(text);
  node.tokens = tokens_of(text);
  return node;
}

Node before(Node left, Node right) {
  Node node;
  node.kind = Node::Kind::near;
  node.ordered = true;
  node.children.push_back(std::move(left));
  node.children.push_back(std::move(right));
  return node;
}

/// Length in bytes of the separator between two words of a phrase: white space or a hyphen.
std::size_t gap_length(std::string_view text) {
  if (!text.empty() && text.front() == '-') return 1;
  return space_length(text);
}

/// "oil pric*": alternating plain words and words with wildcards, each directly after the previous one.
Node marked_phrase(const Lexeme& one) {
  const bool is_word = one.kind == Kind::word;  // if so, a ? at the end is a letter
  const auto is_marked = [is_word](std::string_view word) {
    return is_word ? word.find_first_of("*?") != std::string_view::npos : has_mark(word);
  };
  std::vector<Node> parts;
  std::string run;
  const auto end_run = [&] {
    Node words = plain(trim(run));
    if (!words.tokens.empty()) parts.push_back(std::move(words));
    run.clear();
  };
  const std::string_view text = one.text;
  for (std::size_t pos = 0; pos < text.size();) {
    if (const std::size_t space = gap_length(text.substr(pos))) {
      run += text.substr(pos, space);
      pos += space;
      continue;
    }
    std::size_t end = pos;
    while (end < text.size() && gap_length(text.substr(end)) == 0) ++end;
    const std::string_view word = text.substr(pos, end - pos);
    if (is_marked(word)) {
      end_run();
      parts.push_back(marked_word(word, one.offset));
    } else {
      run += word;
    }
    pos = end;
  }
  end_run();
  if (one.has_slop && parts.size() == 2 && parts[0].tokens.size() == 1 && parts[1].tokens.size() == 1) {
    Node node = before(std::move(parts[0]), std::move(parts[1]));
    node.ordered = false;
    node.n = one.n;
    return node;
  }
  if (one.has_slop && parts.size() > 1) {
    refuse(one.offset,
           "words with * or ? are not allowed in \"…\"~n with three words or more; use NEAR/n between them");
  }
  if (parts.size() > 8) refuse(one.offset, "too many words with * or ? in this phrase");
  Node node = std::move(parts.front());
  for (std::size_t i = 1; i < parts.size(); ++i) node = before(std::move(node), std::move(parts[i]));
  return node;
}

std::uint32_t bytes_before_word(std::string_view text) {
  text::Tokens tokens;
  tokens.read(text);
  return tokens.all().empty() ? 0 : tokens.all().front().begin;
}

Node text_term(const Lexeme& one) {
  if (one.kind == Kind::exact) {
    Node node = plain(one.text);
    node.kind = Node::Kind::exact;
    node.value = node.term;
    node.n = bytes_before_word(node.value);
    return node;
  }
  const bool word = one.kind == Kind::word;
  if (word && one.text.find_first_of("*?") != std::string::npos) {
    const bool is_joined = one.text.find('-') != std::string::npos;
    return is_joined ? marked_phrase(one) : marked_word(one.text, one.offset);
  }
  if (!word && one.text.find_first_of("*?") != std::string::npos) {
    std::string_view left = one.text;
    bool marked = false;
    while (!left.empty()) {
      std::size_t end = 0;
      while (end < left.size() && space_length(left.substr(end)) == 0) ++end;
      marked = marked || has_mark(left.substr(0, end));
      left.remove_prefix(std::min(left.size(), end + std::max<std::size_t>(1, space_length(left.substr(end)))));
    }
    if (marked) return marked_phrase(one);
  }
  Node node = plain(one.text);
  if (one.has_slop && node.tokens.size() > 1) {
    node.kind = Node::Kind::window;
    node.n = one.n;
  }
  return node;
}

void mark_leaves(Node& node, Field field, double weight) {
  if (node.kind != Node::Kind::near) {
    node.field = field;
    node.weight = weight;
  }
  for (Node& child : node.children) mark_leaves(child, field, weight);
}

/// True for "title:" and similar.
bool is_field(std::string_view with_colon) {
  return is_our_field(ascii_lower(with_colon.substr(0, with_colon.size() - 1)));
}

}  // namespace

std::vector<std::string> tokens_of(std::string_view text) {
  text::Tokens tokens;
  tokens.read(text);
  std::vector<std::string> out;
  for (const text::Token& token : tokens.all()) out.emplace_back(tokens.text(token));
  return out;
}

bool is_date_field(std::string_view name) {
  constexpr std::array<std::string_view, 8> kDates{"date",  "pubdate", "published", "since",
                                                   "until", "before",  "after",     "load-date"};
  return std::ranges::find(kDates, name) != kDates.end();
}

bool is_property(std::string_view name) {
  const FieldRow* field = find_field(name);
  return field != nullptr && !field->in_text;
}

bool is_our_field(std::string_view name) { return find_field(name) != nullptr; }

Field text_field(std::string_view name, std::size_t offset) {
  if (name.empty()) return Field::any;
  if (name == "title") return Field::title;
  if (name == "text") return Field::text;
  if (name == "lead") return Field::lead;
  std::vector<std::string_view> known;
  for (const FieldRow& field : kFields) known.push_back(field.name);
  if (is_date_field(name))
    refuse(offset, fmt::format("{}: only new articles are matched, so there is no date to search for", name));
  const std::string_view near = nearest_name(name, known);
  refuse(offset, fmt::format("unknown field \"{}\"{}", printable(name),
                             near.empty() ? fmt::format("; known fields: {}; a colon in quotes is ignored",
                                                        fmt::join(known, ", "))
                                          : fmt::format("; did you mean {}:?", near)));
}

Node read_term(const Lexeme& one) {
  if (is_property(one.field)) return read_property(one);
  const Field field = text_field(one.field, one.offset);
  if (one.kind == Kind::range) {
    refuse(one.offset,
           fmt::format("{}: is text; [ TO ] is only allowed after lang, country, source and tag", one.field));
  }
  Node node = text_term(one);
  if (one.kind == Kind::word && one.field.empty() && one.text.ends_with(':') && is_field(one.text)) {
    refuse(one.offset, fmt::format("{} must be directly followed by its value, as in {}Baku", one.text, one.text),
           {'"' + one.text + '"'});
  }
  if (node.children.empty() && node.tokens.empty()) refuse(one.offset, "this term has no letters or digits");
  mark_leaves(node, field, one.weight);
  return node;
}

Node TermReader::read(const Lexeme& one) {
  if (++terms_ > kMaxTerms) refuse(one.offset, fmt::format("the query has more than {} terms", kMaxTerms));
  return with_aliases(read_term(one), one.offset);
}

/// Expands a phrase that equals a name to an OR of itself and the name's aliases.
Node TermReader::with_aliases(Node node, std::size_t offset) {
  if (node.kind != Node::Kind::phrase) return node;
  const NameTable::Entry* name = names_.find(node.tokens);
  if (name == nullptr) return node;
  leaves_ += name->aliases.size();
  if (leaves_ > kMaxLeaves)
    refuse(offset, fmt::format("the query has more than {} terms, including the aliases of names", kMaxLeaves));
  Node out;
  out.kind = Node::Kind::any;
  const Field field = node.field;
  const double weight = node.weight;
  const std::vector<std::string> own = node.tokens;
  const bool is_written = name->as_written && own == name->itself.tokens;
  if (!is_written) out.children.push_back(std::move(node));
  const auto add = [&](const Node& alias) {
    if (alias.kind == Node::Kind::phrase && alias.tokens == own) return;
    out.children.push_back(alias);
    mark_leaves(out.children.back(), field, weight);
  };
  if (!name->as_written) add(name->itself);
  for (const Node& alias : name->aliases) add(alias);
  if (out.children.size() == 1) return std::move(out.children.front());
  return out;
}

}  // namespace pw::query
