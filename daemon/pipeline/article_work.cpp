#include "pipeline/article_work.hpp"

#include "bus/alert_json.hpp"
#include "extract/extract.hpp"
#include "parse/charset.hpp"
#include "parse/date.hpp"

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

}  // namespace

std::vector<match::Match> MatcherPool::match(const match::Document& document) {
  std::unique_ptr<match::Matcher> matcher;
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      matcher = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (!matcher) matcher = std::make_unique<match::Matcher>(set_);
  std::vector<match::Match> matches = matcher->match(document);
  frequencies_->learn(document);
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(matcher));
  return matches;
}

Result<Article> read_page(source::Source& source, const fetch::FetchResponse& page, const source::Item& item,
                          Time now) {
  std::string storage;
  const std::string_view html = parse::html_as_utf8(page.body, page.content_type, storage);
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
  if (article.published) article.published = parse::clamp_date(*article.published, now);
  return article;
}

Article article_of_hints(const source::Item& item) {
  Article article = item.hints;
  article.partial = !item.complete;
  return article;
}

Id content_id(const Article& article) { return derive_id({article.title, article.text}); }

match::Document to_document(const Article& article, const config::SourceSettings& source) {
  return {article.title, article.text, article.language, source.id, source.tags,
          article.url,   article.site, article.authors,  {}};
}

std::vector<Draft> draft_alerts(const Article& article, const std::vector<match::Match>& matches,
                                const match::WatchlistSet& set, const AlertContext& context) {
  std::vector<Draft> drafts;
  for (const match::Match& match : matches) {
    const match::Watchlist& list = set.watchlist(match.watchlist);
    bus::AlertInfo info;
    info.watchlist = {list.id, list.title, list.priority};
    info.source = {context.source.id, context.source.name, context.source.tags};
    info.item_id = context.item_id;
    info.revision = context.revision;
    info.story = to_hex(context.story);
    info.article = article;
    for (const match::TermHit& hit : match.hits) {
      info.matches.push_back({hit.term, hit.field, hit.begin, hit.end, hit.matched, hit.alias_of});
    }
    info.sentence = match.sentence;
    info.score = match.score;
    info.latency.seen = context.moments.seen;
    info.latency.fetched = context.moments.fetched;
    info.latency.matched = context.moments.matched;
    Draft draft;
    draft.channel = list.id;
    // The log takes an id once: an id without the item makes one alert of all that tell the story.
    draft.id = list.per_story
                   ? derive_id({"story", list.id, info.story})
                   : derive_id({list.id, context.source.id, context.item_id, std::to_string(context.revision)});
    draft.body = bus::alert_json(info);
    drafts.push_back(std::move(draft));
  }
  return drafts;
}

}  // namespace pw::pipeline
