#include "match/engine/evaluate.hpp"

#include "core/text.hpp"
#include "match/engine/near_search.hpp"

#include <algorithm>
#include <map>

namespace pw::match {
namespace {

using Kind = query::Node::Kind;

bool searches(query::Field asked, std::size_t field) {
  if (asked == query::Field::any) return true;
  return (asked == query::Field::title) == (field == 0);
}

std::vector<Span> phrase_spans(const Compiled& query, const PositionIndex& reading, std::size_t field) {
  std::vector<Span> out;
  const auto& words = query.numbers;
  // Start from the rarest word of the phrase, and look up the others at the expected positions.
  std::vector<std::uint32_t> places;
  std::vector<std::uint32_t> other;
  std::size_t anchor = 0;
  reading.positions(words[0], field, places);
  for (std::size_t i = 1; i < words.size() && !places.empty(); ++i) {
    reading.positions(words[i], field, other);
    if (other.size() < places.size()) {
      anchor = i;
      places.swap(other);
    }
  }
  for (const std::uint32_t place : places) {
    if (place < anchor) continue;
    const auto first = place - static_cast<std::uint32_t>(anchor);
    if (first + words.size() > reading.length(field)) continue;
    bool same = true;
    for (std::size_t i = 0; i < words.size() && same; ++i) {
      same = reading.word_at(field, first + static_cast<std::uint32_t>(i)) == words[i];
    }
    if (same) out.push_back({first, first + static_cast<std::uint32_t>(words.size()) - 1});
  }
  return out;
}

std::vector<Span> prefix_spans(const Compiled& query, const PositionIndex& reading, std::size_t field) {
  std::vector<std::uint32_t> places;
  reading.positions(query.numbers[0], field, places);
  std::vector<Span> out;
  out.reserve(places.size());
  for (const std::uint32_t place : places) out.push_back({place, place});
  return out;
}

/// Windows with at most n other tokens that contain a distinct position for each word, in any order.
std::vector<Span> window_spans(const Compiled& query, const PositionIndex& reading, std::size_t field) {
  std::map<std::uint32_t, int> wanted;
  for (const std::uint32_t word : query.numbers) ++wanted[word];
  std::vector<std::pair<std::uint32_t, std::uint32_t>> events;  // (position, word)
  std::vector<std::uint32_t> places;
  for (const auto& [word, count] : wanted) {
    reading.positions(word, field, places);
    for (const std::uint32_t place : places) events.emplace_back(place, word);
  }
  std::ranges::sort(events);
  const std::size_t size = query.numbers.size() + query.node.n;
  std::vector<Span> out;
  std::map<std::uint32_t, int> have;
  std::size_t missing = query.numbers.size();
  std::size_t begin = 0;
  for (const auto& [place, word] : events) {
    if (++have[word] <= wanted[word]) --missing;
    while (place - events[begin].first >= size) {
      const std::uint32_t leaving = events[begin++].second;
      if (--have[leaving] < wanted[leaving]) ++missing;
    }
    if (missing == 0) out.push_back({events[begin].first, place});
  }
  return out;
}

/// True if a folded token matches a pattern of characters, where ? is one character and a trailing * any number.
bool fits(std::string_view token, std::string_view pattern) {
  std::size_t at = 0;
  for (const char c : pattern) {
    if (c == '*') return true;
    if (at >= token.size()) return false;
    if (c == '?') {
      next_code_point(token, at);
    } else if (token[at++] != c) {
      return false;
    }
  }
  return at == token.size();
}

bool has_author(const query::Node& node, const Document& document) {
  text::Tokens tokens;
  return std::ranges::any_of(document.authors, [&](const std::string& author) {
    tokens.read(author);
    const auto same = [&](const text::Token& token, const std::string& wanted) { return tokens.text(token) == wanted; };
    const auto& all = tokens.all();
    return std::search(all.begin(), all.end(), node.tokens.begin(), node.tokens.end(), same) != all.end();
  });
}

bool is_value(const query::Node& node, std::string_view actual) {
  if (node.until.empty()) return ascii_iequals(actual, node.value);
  const std::string low = ascii_lower(actual);
  return !low.empty() && low >= node.value && low <= node.until;
}

bool is_leaf(Kind kind) {
  return kind == Kind::phrase || kind == Kind::exact || kind == Kind::prefix || kind == Kind::wildcard ||
         kind == Kind::window;
}

}  // namespace

bool is_written_at(std::string_view text, std::size_t begin, std::uint32_t before, std::string_view spelling) {
  return begin >= before && text.substr(begin - before, spelling.size()) == spelling;
}

Compiled compile(query::Node node, Vocabulary& vocabulary) {
  Compiled out;
  if (node.kind == Kind::property) {
    // property tokens are searched in the article's own values
  } else if (node.kind == Kind::prefix) {
    out.numbers.push_back(vocabulary.add_prefix(node.tokens.front()));
  } else if (node.kind == Kind::wildcard) {
    out.numbers.push_back(vocabulary.add_prefix(node.tokens.front().substr(0, node.tokens.front().find('?'))));
  } else {
    for (const std::string& token : node.tokens) out.numbers.push_back(vocabulary.add_word(token));
  }
  for (query::Node& child : node.children) out.children.push_back(compile(std::move(child), vocabulary));
  node.children.clear();
  out.node = std::move(node);
  return out;
}

bool property_holds(const query::Node& node, const Document& document) {
  if (node.name == "author") return has_author(node, document);
  if (node.name == "lang") return is_value(node, document.language);
  if (node.name == "country") return is_value(node, document.country);
  if (node.name == "source") return is_value(node, document.source);
  if (node.name == "url") return ascii_lower(document.url).find(node.value) != std::string::npos;
  if (node.name == "tag") {
    return std::ranges::any_of(document.source_tags, [&](const auto& tag) { return is_value(node, tag); });
  }
  // site: matches the host and its subdomains
  std::string host = ascii_lower(document.url);
  const std::size_t scheme = host.find("://");
  if (scheme != std::string::npos) host.erase(0, scheme + 3);
  host.resize(std::min(host.find_first_of("/?#:"), host.size()));
  return host == node.value || host.ends_with('.' + node.value);
}

std::vector<Span> spans(const Compiled& query, const PositionIndex& reading, std::size_t field) {
  if (query.node.kind == Kind::any) {
    std::vector<Span> out;
    for (const Compiled& child : query.children) {
      const auto some = spans(child, reading, field);
      out.insert(out.end(), some.begin(), some.end());
    }
    std::ranges::sort(out);
    return out;
  }
  if (!is_leaf(query.node.kind) || !searches(query.node.field, field)) return {};
  std::vector<Span> out;
  if (query.node.kind == Kind::prefix || query.node.kind == Kind::wildcard) {
    out = prefix_spans(query, reading, field);
  } else if (query.node.kind == Kind::window) {
    out = window_spans(query, reading, field);
  } else {
    out = phrase_spans(query, reading, field);
  }
  if (query.node.kind == Kind::wildcard) {
    std::erase_if(out, [&](Span span) { return !fits(reading.folded(field, span.first), query.node.tokens.front()); });
  }
  if (query.node.kind == Kind::exact) {
    std::erase_if(out, [&](Span span) {
      return !is_written_at(reading.field_text(field), reading.token(field, span.first).begin, query.node.n,
                            query.node.value);
    });
  }
  if (query.node.field == query::Field::lead) {
    std::erase_if(out, [&](Span span) { return !reading.in_lead(span); });
  }
  return out;
}

bool evaluate(const Compiled& query, const PositionIndex& reading) {
  const auto& children = query.children;
  switch (query.node.kind) {
    case Kind::any: return std::ranges::any_of(children, [&](const auto& one) { return evaluate(one, reading); });
    case Kind::all: return std::ranges::all_of(children, [&](const auto& one) { return evaluate(one, reading); });
    case Kind::negation: return !evaluate(children.front(), reading);
    case Kind::property: return property_holds(query.node, reading.document());
    case Kind::near:
      if (reading.steps().used_up()) return false;
      return NearSearch(query, reading, 0).holds() || NearSearch(query, reading, 1).holds();
    case Kind::at_least: {
      std::size_t count = 0;
      for (std::size_t field = 0; field < kFieldNames.size(); ++field) {
        auto places = spans(children.front(), reading, field);
        places.erase(std::unique(places.begin(), places.end()), places.end());
        count += places.size();
      }
      return count >= query.node.n;
    }
    default: break;
  }
  if (std::ranges::any_of(query.numbers, [&](std::uint32_t number) { return !reading.has(number); })) return false;
  return !spans(query, reading, 0).empty() || !spans(query, reading, 1).empty();
}

}  // namespace pw::match
