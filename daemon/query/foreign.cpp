#include "query/foreign.hpp"

#include "core/text.hpp"
#include "query/refusal.hpp"
#include "query/scan.hpp"

#include <spdlog/fmt/fmt.h>
#include <spdlog/fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace pw::query {
namespace {

constexpr std::size_t kTagsShown = 20;

/// An operator with a distance ("w/5", "near5", "adj5") or a unit such as "s".
struct Distance {
  std::string_view name;
  std::string_view reach;
  bool has_slash;
  bool is_forward;
};

bool are_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::optional<Distance> distance_of(std::string_view name) {
  constexpr std::array<std::string_view, 9> kNames{"w", "within", "pre", "adj", "n", "p", "near", "onear", "around"};
  const std::size_t slash = name.find('/');
  const bool has_slash = slash != std::string_view::npos;
  const std::size_t end = has_slash ? slash : std::min(name.find_first_of("0123456789"), name.size());
  Distance out{name.substr(0, end), name.substr(has_slash ? end + 1 : end), has_slash, false};
  if (out.reach.size() > 1 && out.reach.ends_with('f')) {  // NEAR/5f
    out.reach.remove_suffix(1);
    out.is_forward = true;
  }
  const bool known = std::ranges::find(kNames, out.name) != kNames.end() || (out.name.empty() && has_slash);
  constexpr std::array<std::string_view, 7> kUnits{"s", "sent", "sentence", "p", "para", "seg", "section"};
  const bool unit = has_slash && std::ranges::find(kUnits, out.reach) != kUnits.end();
  if (!known || (!unit && !are_digits(out.reach))) return std::nullopt;
  if (!has_slash && (out.name == "n" || out.name == "p")) return std::nullopt;  // N95 is a mask
  return out;
}

[[noreturn]] void refuse_distance(std::string_view name, const Distance& distance, std::size_t at) {
  if (!are_digits(distance.reach)) {
    const bool is_segment = distance.reach.starts_with("se") && !distance.reach.starts_with("sent");
    std::vector<std::string> readings;
    if (!is_segment) readings.push_back(fmt::format("/{}", distance.reach.front()));
    refuse(at, fmt::format("{} is LexisNexis; dialect = \"lexis\" reads it", printable(name)), std::move(readings));
  }
  const auto n = number(distance.reach);
  const bool ordered =
      distance.name == "pre" || distance.name == "adj" || distance.name == "p" || distance.name == "onear";
  const std::string op = ordered ? "ONEAR" : "NEAR";
  const bool is_lexis = distance.has_slash && (distance.name.empty() || distance.name == "w" ||
                                               distance.name == "pre" || distance.name == "within");
  if (!n) refuse(at, fmt::format("unknown operator {}", printable(name)), {op + "/5"});
  if (!is_lexis) {
    refuse(at,
           fmt::format("unknown operator {}; the number follows a / and counts the words in between", printable(name)),
           {fmt::format("{}/{}", op, *n)});
  }
  refuse(at, fmt::format("unknown operator {}; dialect = \"lexis\" accepts it", printable(name)),
         {fmt::format("{}/{}", op, *n > 0 ? *n - 1 : 0), fmt::format("{}/{}", op, *n)});
}

/// All tags and users in a query, so that fifty of them are reported at once.
std::set<std::string> social_words(std::string_view query) {
  std::set<std::string> out;
  for (std::size_t at = 0; at < query.size(); ++at) {
    if (query[at] != '#' && query[at] != '@') continue;
    constexpr std::string_view kBefore = "(-+:";
    if (at > 0 && !is_ascii_space(query[at - 1]) && kBefore.find(query[at - 1]) == std::string_view::npos) continue;
    std::size_t end = at + 1;
    while (end < query.size() && query[end] != '(' && query[end] != ')' && space_length(query.substr(end)) == 0) ++end;
    if (end > at + 1) out.emplace(query.substr(at, end - at));
  }
  return out;
}

[[noreturn]] void refuse_social(std::string_view word, std::size_t at, std::string_view query) {
  const auto all = social_words(query);
  std::string message = fmt::format("social media {}s are not supported", word.front() == '#' ? "tag" : "user");
  if (all.size() > 1 && all.size() <= kTagsShown)
    message += fmt::format("; the query has {}", printable(fmt::format("{}", fmt::join(all, ", ")), 1000));
  if (all.size() > kTagsShown) message += fmt::format("; the query has {} of them", all.size());
  if (word.front() == '#') message += "; a comment needs a space after the #";
  refuse(at, std::move(message), {std::string(word.substr(1)), fmt::format("{{{}}}", word)});
}

/// 'night ferry': quotation marks in other products, apostrophes here.
void refuse_single_quotes(std::string_view word, std::size_t at, std::string_view query) {
  for (const auto& [open, close] : {std::pair{"'", "'"}, {"‘", "’"}, {"‚", "‘"}}) {
    if (!word.starts_with(open)) continue;
    const std::size_t from = at + std::string_view(open).size();
    for (std::size_t end = query.find(close, from); end != std::string_view::npos; end = query.find(close, end + 1)) {
      const std::string_view behind = query.substr(end + std::string_view(close).size());
      if (!behind.empty() && behind.front() != ')' && space_length(behind) == 0) continue;
      const std::string inner(query.substr(from, end - from));
      if (inner.find('"') != std::string::npos) return;
      refuse(at, "a phrase needs double quotes", {'"' + inner + '"'});
    }
  }
}

}  // namespace

bool is_foreign_distance(std::string_view name) { return distance_of(name).has_value(); }

bool is_at_least(std::string_view name) {
  for (const std::string_view often : {"atleast", "atl"}) {
    if (name.starts_with(often) && are_digits(name.substr(often.size()))) return true;
  }
  return false;
}

void refuse_foreign_operator(std::string_view name, std::size_t at) {
  if (const auto distance = distance_of(name)) refuse_distance(name, *distance, at);
  if (name == "same") refuse(at, "unknown operator SAME; for the same paragraph, use /p", {"/p", "\"same\""});
  if (name == "adj") refuse(at, "unknown operator ADJ; for adjacent words, use ONEAR/0", {"ONEAR/0", "\"adj\""});
  if (name == "xor") refuse(at, "unknown operator XOR", {"(a NOT b) OR (b NOT a)", "\"xor\""});
}

void refuse_foreign_marks(std::string_view word, std::size_t at, std::string_view query) {
  if (word.size() < 2) return;
  const std::string bare(word.substr(1));
  if (word.front() == '#' || word.front() == '@') refuse_social(word, at, query);
  if (word.front() == '!') {
    refuse(at, "! is not an operator here; dialect = \"lucene\" accepts it", {"NOT " + bare, '"' + bare + '"'});
  }
  constexpr std::string_view kBefore = "^=<>&";
  if (kBefore.find(word.front()) != std::string_view::npos) {
    refuse(at, fmt::format("{} has no meaning before a word", word.front()), {bare});
  }
  if (word.ends_with('!')) {
    const std::string stem(word.substr(0, word.size() - 1));
    refuse(at + word.size() - 1, "! is not a wildcard here; dialect = \"lexis\" accepts it",
           {stem + '*', '"' + stem + '"'});
  }
  if (word.ends_with('+') || word.ends_with('#')) {
    const std::string stem(word.substr(0, word.find_last_not_of("+#") + 1));
    refuse(at + stem.size(), "+ and # at the end of a word only match in { }",
           {fmt::format("{{{}}}", word), '"' + stem + '"'});
  }
  if (const std::size_t name = compared_length(word)) {
    refuse(at, fmt::format("unknown field {}; a field has a colon, as in title:oil, and {} is ignored in quotes",
                           printable(word.substr(0, name + 1)), word[name]));
  }
  refuse_single_quotes(word, at, query);
}

void refuse_command(std::string_view word, std::size_t at) {
  refuse(at, fmt::format("unknown command {}(…): a field has a colon, as in title:(…), and two terms "
                         "need an operator between them",
                         printable(word)));
}

}  // namespace pw::query
