#include "match/engine/frequencies.hpp"

#include "match/engine/token_index.hpp"

#include <algorithm>
#include <cmath>

namespace pw::match {
namespace {

/// The estimate counts as much as this many articles.
constexpr double kGuessWeight = 20;

std::size_t letters(std::string_view text) {
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  return static_cast<std::size_t>(std::ranges::count_if(text, begins));
}

/// Estimates by length: about every third article has a given two-letter word, one in five hundred a given word of ten
/// or more letters.
double guess(std::size_t length) { return std::max(0.002, 0.8 * std::exp(-0.6 * static_cast<double>(length))); }

}  // namespace

Frequencies::Frequencies() : counters_(std::make_unique<std::array<std::atomic<std::uint32_t>, kCounters>>()) {}
Frequencies::~Frequencies() = default;

void Frequencies::learn(const Document& document) {
  thread_local TokenIndex kept;
  TokenIndex once;  // a temporary index, so that memory for a long text is released
  TokenIndex& index = document.text.size() > kLongText ? once : kept;
  index.read(document);
  learn(index);
}

void Frequencies::learn(const TokenIndex& article) {
  for (const DistinctToken& one : article.distinct()) {
    (*counters_)[one.hash.hash % kCounters].fetch_add(1, std::memory_order_relaxed);
  }
  articles_.fetch_add(1, std::memory_order_relaxed);
}

double Frequencies::of_word(std::string_view word) const {
  const double prior = guess(letters(word));
  const auto articles = static_cast<double>(articles_.load(std::memory_order_relaxed));
  if (articles == 0) return prior;
  const auto with =
      static_cast<double>((*counters_)[hash_token(word).hash % kCounters].load(std::memory_order_relaxed));
  return std::min(1.0, (with + kGuessWeight * prior) / (articles + kGuessWeight));
}

double Frequencies::of_prefix(std::string_view prefix) { return std::min(1.0, 6 * guess(letters(prefix))); }

}  // namespace pw::match
