#include "cli/query/show_match.hpp"

#include "cli/query/query_json.hpp"
#include "core/text.hpp"
#include "pipeline/alert_policy.hpp"

#include <boost/json/array.hpp>
#include <spdlog/fmt/fmt.h>
#include <spdlog/fmt/ranges.h>

#include <iostream>
#include <vector>

namespace pw::cli {
namespace {

namespace json = boost::json;
using pipeline::Decision;

std::string_view name_of(Decision decision) {
  switch (decision) {
    case Decision::alert: return "alert";
    case Decision::quiet: return "quiet";
    case Decision::defer: return "deferred";
    case Decision::muted: return "muted";
    case Decision::below_threshold: return "below_threshold";
  }
  return "";
}

}  // namespace

std::string fate_of(const pipeline::Found& found, Time now) {
  const match::Match& match = found.match;
  const pipeline::ListRules& rules = found.rules;
  switch (pipeline::decide(match, rules, now)) {
    case Decision::alert: break;
    case Decision::quiet: return "is published now, marked as quiet: it is outside the active hours";
    case Decision::defer: return "waits until the active hours begin: " + to_iso8601(rules.hours->next_open(now));
    case Decision::muted: return "is only counted: the list is muted until " + to_iso8601(*rules.mute_until);
    case Decision::below_threshold: {
      const bool score = match.score < rules.min_score;
      return score
                 ? fmt::format("raises no alert: its score {:.1f} is below min_score {}", match.score, rules.min_score)
                 : fmt::format("raises no alert: {} of min_mentions {}", match.mentions, rules.min_mentions);
    }
  }
  return "";
}

json::object match_json(const pipeline::Found& found, Time now) {
  json::array hits = hits_json(found.match);
  return {{"watchlist", found.list.id},
          {"score", found.match.score},
          {"mentions", found.match.mentions},
          {"sentence", found.match.sentence},
          {"becomes", name_of(pipeline::decide(found.match, found.rules, now))},
          {"hits", std::move(hits)}};
}

void print_match(const pipeline::Found& found, Time now, const Palette& palette) {
  const match::Match& match = found.match;
  std::cout << fmt::format("{}{}{} ({}), score {:.2f}, {} mentioned\n", palette.high, found.list.id, palette.reset,
                           printable(found.list.title), match.score,
                           match.mentions == 1 ? "once" : fmt::format("{} times", match.mentions));
  std::vector<std::string> words;
  for (const match::TermHit& hit : match.hits) {
    words.push_back(hit.matched);
    std::cout << fmt::format("         {}[{}..{}] {}{}{}{}\n", hit.field, hit.begin, hit.end, palette.mark,
                             printable(hit.matched), palette.reset,
                             hit.alias_of.empty() ? "" : " (a name of " + printable(hit.alias_of) + ")");
  }
  std::cout << "         “" << highlight(match.sentence, find_words(match.sentence, words), palette) << "”\n";
  if (const std::string fate = fate_of(found, now); !fate.empty()) std::cout << "         it " << fate << '\n';
}

void report_undecided(const std::vector<std::string>& lists) {
  if (lists.empty()) return;
  std::cerr << fmt::format("warning: not matched against {}: it would take more steps than an article may\n",
                           fmt::join(lists, ", "));
}

}  // namespace pw::cli
