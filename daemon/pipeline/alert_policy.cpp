#include "pipeline/alert_policy.hpp"

#include "bus/alert_json.hpp"

namespace pw::pipeline {
namespace {

bus::AlertInfo info_of(const Article& article, const Found& found, const AlertContext& context) {
  const match::Watchlist& list = found.list;
  const ListRules& rules = found.rules;
  bus::AlertInfo info;
  info.watchlist = {list.id, list.title, list.priority, rules.group, rules.owner.name, rules.owner.contact};
  info.source = {context.source.id, context.source.name, context.source.tags};
  info.item_id = context.item_id;
  info.revision = context.revision;
  info.story = to_hex(context.story);
  info.article = article;
  for (const match::TermHit& hit : found.match.hits) {
    info.matches.push_back({hit.term, hit.field, hit.begin, hit.end, hit.matched, hit.alias_of});
  }
  info.sentence = found.match.sentence;
  info.score = found.match.score;
  info.mentions = found.match.mentions;
  info.latency.seen = context.times.seen;
  info.latency.fetched = context.times.fetched;
  info.latency.matched = context.times.matched;
  return info;
}

Id alert_id(const match::Watchlist& list, const AlertContext& context) {
  if (list.per_story) return derive_id({"story", list.id, to_hex(context.story)});
  return derive_id(
      {list.id, context.source.id, to_hex(context.item), std::to_string(context.revision), to_hex(context.content)});
}

}  // namespace

Decision decide(const match::Match& match, const ListRules& rules, Time now) {
  if (match.score < rules.min_score || match.mentions < rules.min_mentions) return Decision::below_threshold;
  if (rules.muted(now)) return Decision::muted;
  if (rules.open(now)) return Decision::alert;
  return rules.hold ? Decision::defer : Decision::quiet;
}

std::string_view activity(const ListRules& rules, Time now) {
  if (rules.muted(now)) return "muted";
  return rules.open(now) ? "active" : "quiet";
}

Drafts draft_alerts(const Article& article, std::span<const Found> found, const AlertContext& context) {
  Drafts out;
  std::size_t bytes = 0;
  for (const Found& one : found) {
    if (out.alerts.size() >= kGroupAlerts || bytes >= kGroupBytes) break;
    ++out.used;
    const Decision decision = decide(one.match, one.rules, context.times.matched);
    if (decision == Decision::muted || decision == Decision::below_threshold) {
      out.suppressed.push_back({one.list.id, decision == Decision::muted});
      continue;
    }
    bus::AlertInfo info = info_of(article, one, context);
    info.quiet = decision == Decision::quiet;
    if (decision == Decision::defer) info.deferred_since = context.times.matched;
    out.alerts.push_back({one.list.id, alert_id(one.list, context), context.source.id, bus::open_body(info),
                          decision == Decision::defer});
    bytes += out.alerts.back().body.size();
  }
  return out;
}

}  // namespace pw::pipeline
