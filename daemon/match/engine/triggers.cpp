#include "match/engine/engine_builder.hpp"
#include "match/engine/frequencies.hpp"
#include "match/explain/reason.hpp"

#include <algorithm>
#include <set>

namespace pw::match {
namespace {

/// Collects the words and prefixes of a tree.
void collect_words(const query::Node& node, std::set<std::string>& words, std::set<std::string>& prefixes) {
  if (node.kind == query::Node::Kind::property) return;
  const bool marked = node.kind == query::Node::Kind::prefix || node.kind == query::Node::Kind::wildcard;
  for (const std::string& token : node.tokens) {
    if (marked) {
      prefixes.insert(token.substr(0, token.find_first_of("?*")));
    } else {
      words.insert(token);
    }
  }
  for (const query::Node& child : node.children) collect_words(child, words, prefixes);
}

bool wakes(const Engine& engine, std::uint32_t number) { return !engine.by_number.of(number).empty(); }

bool is_in_pair(const Engine& engine, std::uint32_t number) {
  return !engine.pairs.empty() && (engine.pairs.begins(number) || engine.pairs.ends(number));
}

}  // namespace

Waiting waiting(const query::Node& query) {
  static const Frequencies kNothingLearnt;
  EngineBuilder builder(kNothingLearnt);
  builder.add(query);
  const Engine engine = builder.finish();
  std::set<std::string> words;
  std::set<std::string> prefixes;
  collect_words(query, words, prefixes);
  Waiting out;
  out.always = !engine.always.empty();
  out.by_hand = engine.opaque.size();
  for (const std::string& word : words) {
    const std::uint32_t number = engine.words.find(hash_token<false>(word), word);
    if (number == Dictionary::kUnknown || !(wakes(engine, number) || is_in_pair(engine, number))) continue;
    out.words.push_back(word);
    out.share += kNothingLearnt.of_word(word);
  }
  for (const std::string& prefix : prefixes) {
    const std::string padded = prefix + std::string(8, '\0');  // the table may read past the word
    std::uint32_t longest = kAlways;
    engine.prefixes.find(std::string_view(padded).substr(0, prefix.size()), [&](std::uint32_t number) {
      if (longest == kAlways) longest = number;
    });
    if (longest == kAlways || !wakes(engine, longest)) continue;
    out.words.push_back(prefix + '*');
    out.share += Frequencies::of_prefix(prefix);
  }
  out.share = out.always ? 1 : std::min(out.share, 1.0);
  return out;
}

}  // namespace pw::match
