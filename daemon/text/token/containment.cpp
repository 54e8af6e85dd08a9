#include "text/token/containment.hpp"

#include "core/codec/hash.hpp"
#include "core/text.hpp"
#include "text/token/tokens.hpp"

#include <algorithm>

namespace pw::text {
namespace {

constexpr std::size_t kShortPart = 8;  // words; a shorter part must occur as a whole
constexpr std::size_t kWords = 4;
constexpr std::size_t kCharacters = 2;

bool is_unspaced(std::string_view word) {
  std::size_t at = 0;
  return !word.empty() && kind_of(next_code_point(word, at)) == CharKind::single;
}

struct Words {
  std::vector<std::uint64_t> hashes;
  bool unspaced = false;  ///< mostly characters of a script without spaces
};

Words words_of(std::string_view text) {
  Tokens tokens;
  tokens.read(text);
  Words out;
  out.hashes.reserve(tokens.all().size());
  std::size_t unspaced = 0;
  for (const Token& token : tokens.all()) {
    const std::string_view word = tokens.text(token);
    out.hashes.push_back(mix(fnv(word)));
    if (is_unspaced(word)) ++unspaced;
  }
  out.unspaced = unspaced * 2 > out.hashes.size();
  return out;
}

/// The hashes of all sequences of `length` words, in order.
std::vector<std::uint64_t> sequences_of(const std::vector<std::uint64_t>& words, std::size_t length) {
  std::vector<std::uint64_t> out;
  if (words.size() < length) return out;
  out.reserve(words.size() - length + 1);
  for (std::size_t i = 0; i + length <= words.size(); ++i) {
    std::uint64_t hash = length;
    for (std::size_t k = 0; k < length; ++k) hash = mix(hash + words[i + k]);
    out.push_back(hash);
  }
  return out;
}

}  // namespace

Containment::Containment(std::string_view whole) : words_(words_of(whole).hashes), by_length_(kShortPart) {}

const std::vector<std::uint64_t>& Containment::sequences(std::size_t length) {
  std::vector<std::uint64_t>& known = by_length_[length];
  if (known.empty() && words_.size() >= length) {
    known = sequences_of(words_, length);
    std::ranges::sort(known);
  }
  return known;
}

bool Containment::holds(std::string_view part) {
  const Words words = words_of(part);
  if (words.hashes.empty()) return true;
  const bool is_short = words.hashes.size() < kShortPart;
  const std::size_t length = is_short ? words.hashes.size() : words.unspaced ? kCharacters : kWords;
  const std::vector<std::uint64_t>& known = sequences(length);
  const std::vector<std::uint64_t> asked = sequences_of(words.hashes, length);
  const auto found = static_cast<std::size_t>(
      std::ranges::count_if(asked, [&](std::uint64_t one) { return std::ranges::binary_search(known, one); }));
  return found * 5 >= asked.size() * 4;
}

std::string Containment::missing_lines(std::string_view part) {
  std::string out;
  while (!part.empty()) {
    const std::size_t end = part.find('\n');
    const std::string_view line = trim(part.substr(0, end));
    part.remove_prefix(end == std::string_view::npos ? part.size() : end + 1);
    if (holds(line)) continue;
    if (!out.empty()) out += '\n';
    out += line;
  }
  return out;
}

}  // namespace pw::text
