#include "pipeline/alert_policy.hpp"

namespace pw::pipeline {

Verdict judge(const match::Match& match, const ListRules& rules, Time now) {
  if (match.score < rules.min_score || match.mentions < rules.min_mentions) return Verdict::below;
  if (rules.muted(now)) return Verdict::muted;
  if (rules.open(now)) return Verdict::alert;
  return rules.hold ? Verdict::hold : Verdict::quiet;
}

std::string_view standing(const ListRules& rules, Time now) {
  if (rules.muted(now)) return "muted";
  return rules.open(now) ? "active" : "quiet";
}

}  // namespace pw::pipeline
