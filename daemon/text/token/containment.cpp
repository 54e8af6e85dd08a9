#include "text/token/containment.hpp"

#include "core/codec/hash.hpp"
#include "core/text.hpp"
#include "text/token/tokens.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

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

/// Calls `take` with the hash of each sequence of `length` words, in order.
template <class Take>
void each_sequence(const std::vector<std::uint64_t>& words, std::size_t length, const Take& take) {
  for (std::size_t i = 0; i + length <= words.size(); ++i) {
    std::uint64_t hash = length;
    for (std::size_t k = 0; k < length; ++k) hash = mix(hash + words[i + k]);
    take(hash);
  }
}

struct Line {
  std::string_view text;
  std::size_t length = 0;  ///< of its sequences, in words; 0: it has no words
  std::vector<std::uint64_t> sequences;
};

Line read_line(std::string_view text) {
  Line out{text, 0, {}};
  const Words words = words_of(text);
  if (words.hashes.empty()) return out;
  const bool is_short = words.hashes.size() < kShortPart;
  out.length = is_short ? words.hashes.size() : words.unspaced ? kCharacters : kWords;
  each_sequence(words.hashes, out.length, [&](std::uint64_t hash) { out.sequences.push_back(hash); });
  return out;
}

std::vector<Line> read_lines(std::string_view part) {
  std::vector<Line> out;
  while (!part.empty()) {
    const std::size_t end = part.find('\n');
    out.push_back(read_line(trim(part.substr(0, end))));
    part.remove_prefix(end == std::string_view::npos ? part.size() : end + 1);
  }
  return out;
}

/// The sequences that are asked for, and whether each was seen.
class Sought {
 public:
  explicit Sought(const std::vector<Line>& lines) {
    for (const Line& line : lines) {
      hashes_.insert(hashes_.end(), line.sequences.begin(), line.sequences.end());
      if (line.length > 0) lengths_[line.length] = true;
    }
    std::ranges::sort(hashes_);
    seen_.resize(hashes_.size());
    bits_.resize(std::bit_ceil(kBitsEach * hashes_.size() + 1));
    for (const std::uint64_t hash : hashes_) bits_[bit_of(hash)] = true;
  }

  void look_in(const std::vector<std::uint64_t>& words) {
    for (std::size_t length = 1; length < lengths_.size(); ++length) {
      if (lengths_[length]) each_sequence(words, length, [this](std::uint64_t hash) { see(hash); });
    }
  }

  [[nodiscard]] bool is_found(const Line& line) const {
    const auto found = static_cast<std::size_t>(
        std::ranges::count_if(line.sequences, [this](std::uint64_t hash) { return seen_[place_of(hash)]; }));
    return found * 5 >= line.sequences.size() * 4;
  }

 private:
  static constexpr std::size_t kBitsEach = 16;

  [[nodiscard]] std::size_t bit_of(std::uint64_t hash) const { return hash & (bits_.size() - 1); }
  [[nodiscard]] std::size_t place_of(std::uint64_t hash) const {
    return static_cast<std::size_t>(std::ranges::lower_bound(hashes_, hash) - hashes_.begin());
  }

  void see(std::uint64_t hash) {
    if (!bits_[bit_of(hash)]) return;
    const std::size_t place = place_of(hash);
    if (place < hashes_.size() && hashes_[place] == hash) seen_[place] = true;
  }

  std::vector<std::uint64_t> hashes_;  ///< sorted; of equal ones, the first is marked as seen
  std::vector<bool> seen_;
  std::vector<bool> bits_;  ///< spares nearly all other sequences the search
  std::array<bool, std::max(kShortPart, kWords + 1)> lengths_{};
};

}  // namespace

std::string missing_lines(std::string_view whole, std::string_view part) {
  const std::vector<Line> lines = read_lines(part);
  if (lines.empty()) return {};
  Sought sought(lines);
  sought.look_in(words_of(whole).hashes);
  std::string out;
  for (const Line& line : lines) {
    if (line.length == 0 || sought.is_found(line)) continue;
    if (!out.empty()) out += '\n';
    out += line.text;
  }
  return out;
}

}  // namespace pw::text
