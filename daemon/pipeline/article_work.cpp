#include "pipeline/article_work.hpp"

#include "bus/alert_json.hpp"
#include "extract/extract.hpp"
#include "pipeline/alert_policy.hpp"
#include "source/usable.hpp"
#include "text/charset/charset.hpp"
#include "text/date/date.hpp"

#include <utility>

namespace pw::pipeline {
namespace {

void fill_gaps(Article& article, const Article& hints) {
  if (article.title.empty()) article.title = hints.title;
  if (article.authors.empty()) article.authors = hints.authors;
  if (!article.published) article.published = hints.published;
  if (!article.modified) article.modified = hints.modified;
  if (article.language.empty()) article.language = hints.language;
  if (article.site.empty()) article.site = hints.site;
  if (article.image.empty()) article.image = hints.image;
  if (article.text.empty()) {
    article.text = hints.text;
    article.partial = true;
  }
}

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
  info.latency.seen = context.moments.seen;
  info.latency.fetched = context.moments.fetched;
  info.latency.matched = context.moments.matched;
  return info;
}

}  // namespace

Matched MatcherPool::match(const match::Document& document) {
  Matchers matchers;
  const bool is_long = document.text.size() > match::kLongText;
  if (!is_long) {
    const MutexLock lock(mutex_);
    if (!idle_.empty()) {
      matchers = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  Matched out;
  for (std::size_t i = 0; i < kViews; ++i) {
    const auto view = static_cast<View>(i);
    const Watchlists::Part& part = lists_->part(view);
    if (part.set == nullptr) continue;
    if (!matchers[i]) matchers[i] = std::make_unique<match::Matcher>(part.set);
    for (match::Match& one : matchers[i]->match(seen_in(view, document))) {
      const std::size_t index = one.watchlist;
      out.found.push_back({std::move(one), part.set->watchlist(index), lists_->rules()[part.rules[index]]});
    }
    for (const std::size_t index : matchers[i]->undecided()) out.undecided.push_back(part.set->watchlist(index).id);
  }
  frequencies_->learn(document);
  if (is_long) return out;
  const MutexLock lock(mutex_);
  idle_.push_back(std::move(matchers));
  return out;
}

Result<Article> read_page(source::Source& source, const fetch::FetchResponse& page, const source::Item& item, Time now,
                          std::vector<std::string>& notes) {
  std::string storage;
  const std::string_view html = text::html_as_utf8(page.body, page.content_type, storage);
  auto own = source.extract({html, page.final_url, now});
  if (!own) return own.error();
  Article article;
  if (own->has_value()) {
    article = std::move(**own);
  } else {
    auto general = extract::extract_article({html, page.final_url, now});
    if (!general) return general.error();
    article = std::move(*general);
  }
  article.url = page.final_url;
  fill_gaps(article, item.hints);
  source::settle(article, notes);
  if (article.published) article.published = text::clamp_date(*article.published, now);
  return article;
}

Article article_of_hints(const source::Item& item, Time now) {
  Article article = item.hints;
  article.partial = article.partial || !item.complete;
  if (article.published) article.published = text::clamp_date(*article.published, now);
  return article;
}

Id content_id(const Article& article) { return derive_id({article.title, article.text}); }

match::Document to_document(const Article& article, const config::SourceSettings& source) {
  return {article.title, article.text, article.language, source.id, source.tags,
          article.url,   article.site, article.authors,  {}};
}

Drafts draft_alerts(const Article& article, std::span<const Found> found, const AlertContext& context) {
  Drafts out;
  std::size_t bytes = 0;
  for (const Found& one : found) {
    if (out.alerts.size() >= kGroupAlerts || bytes >= kGroupBytes) break;
    ++out.used;
    const Verdict verdict = judge(one.match, one.rules, context.moments.matched);
    if (verdict == Verdict::muted || verdict == Verdict::below) {
      out.silent.push_back({one.list.id, verdict == Verdict::muted});
      continue;
    }
    bus::AlertInfo info = info_of(article, one, context);
    info.quiet = verdict == Verdict::quiet;
    if (verdict == Verdict::hold) info.held_since = context.moments.matched;
    // The log takes an id once: an id without the item makes one alert of all that tell the story.
    const Id id = one.list.per_story
                      ? derive_id({"story", one.list.id, info.story})
                      : derive_id({one.list.id, context.source.id, context.item_id, std::to_string(context.revision)});
    out.alerts.push_back({one.list.id, id, context.source.id, bus::open_body(info), verdict == Verdict::hold});
    bytes += out.alerts.back().body.size();
  }
  return out;
}

}  // namespace pw::pipeline
