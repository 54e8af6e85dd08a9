#include "pipeline/article_processor.hpp"

#include "core/log.hpp"
#include "core/text.hpp"
#include "pipeline/commit.hpp"
#include "text/url/url_key.hpp"

#include <spdlog/fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

namespace pw::pipeline {

using boost::asio::awaitable;

namespace {

constexpr std::size_t kWholeText = 200;  // minimum bytes of text for equal content to mean an equal article

store::ItemMarks marks_after(const Candidate& candidate, const PageReading& page) {
  store::ItemMarks marks = marks_of(candidate.item);
  marks.visited = page.fetched;
  marks.etag = page.etag;
  marks.last_modified = page.last_modified;
  marks.answered_by = page.answered_by;
  return marks;
}

store::Batch batch_of(store::NewItem item) {
  store::Batch batch;
  batch.items.push_back(std::move(item));
  return batch;
}

}  // namespace

ArticleProcessor::ArticleProcessor(const Dependencies& deps, StoryTracker& stories, WatchlistStats& stats,
                                   Counters& counters)
    : deps_(deps), stories_(stories), stats_(stats), counters_(counters), pages_(deps) {}

void ArticleProcessor::use(std::shared_ptr<MatcherPool> matchers, const config::ScheduleSettings& schedule) {
  matchers_ = std::move(matchers);
  schedule_ = schedule;
}

awaitable<ArticleOutcome> ArticleProcessor::process(const Candidate& candidate, const ArticleContext& context) {
  Work work{candidate, context, {}, {context.seen, context.seen, {}}, {}, matchers_, {}, false, false, std::nullopt};
  if (auto ended = co_await read(work)) co_return std::move(*ended);
  ArticleOutcome out;
  out.notes = std::move(work.page.composed.notes);
  Result<void> done = co_await match(work);
  if (done) {
    co_await context.order.turn(context.number);
    if (work.repeated) {
      done = co_await store_visit(work);
    } else {
      done = co_await store_new(work);
    }
  }
  if (!done) {
    out.retry = true;
    out.error = done.error();
    co_return out;
  }
  SourceEntry& entry = context.entry;
  out.stored = !work.repeated;
  const bool dated = candidate.revisit == Revisit::dated;
  if (work.repeated && dated) ++entry.state.idle_visits;
  if (!work.repeated && candidate.known) entry.state.idle_visits = 0;
  if (out.stored) ++counters_.items;
  if (out.stored) ++entry.state.items_seen;
  if (out.stored) ++entry.counts->items;
  co_return out;
}

/// Reads the article from its page or from the hints of its source. An outcome means that nothing is left to do.
awaitable<std::optional<ArticleOutcome>> ArticleProcessor::read(Work& work) {
  const Candidate& candidate = work.candidate;
  SourceEntry& entry = work.context.entry;
  const source::Item& item = candidate.item;
  if (item.complete || !entry.settings.fetch_pages || item.hints.url.empty()) {
    work.page.fetched = deps_.clock.now();
    work.page.composed = co_await compose_hints(item, work.page.fetched, "");
    co_return std::nullopt;
  }
  if (work.context.host_error) {
    work.page.error = work.context.host_error;
    work.page.may_pass = true;
    work.page.fetched = deps_.clock.now();
  } else {
    ++counters_.pages;
    work.page = co_await pages_.read(entry, candidate, work.context.plugin);
  }
  work.times.fetched = work.page.fetched;
  if (!work.page.error) {
    entry.pages.settled(item.id);
    work.repeated = work.page.not_modified;
    co_return std::nullopt;
  }
  const Error& error = *work.page.error;
  const bool stopping = error.code == Errc::cancelled;
  if (stopping || (work.page.may_pass && entry.pages.failed(item))) {
    ArticleOutcome out;
    out.retry = true;
    out.by_page = !stopping;
    out.error = error;
    co_return out;
  }
  entry.pages.settled(item.id);
  const std::string reason = fmt::format("its page could not be read: {}", error.message);
  log::say("page-unreadable", {.source = entry.settings.id, .url = item.hints.url},
           "{}: {}: matched by what the source says of it: {}", entry.settings.id, printable(item.hints.url),
           printable(reason));
  work.page.composed = co_await compose_hints(item, work.page.fetched, reason);
  work.page.etag.clear();
  work.page.last_modified.clear();
  co_return std::nullopt;
}

awaitable<Composed> ArticleProcessor::compose_hints(const source::Item& item, Time now, std::string reason) {
  auto compose = [&item, now, reason = std::move(reason)] { return compose_without_page(item, now, reason); };
  co_return co_await deps_.pool.run(std::move(compose), item.hints.text.size());
}

awaitable<Result<void>> ArticleProcessor::match(Work& work) {
  if (work.page.not_modified) co_return Result<void>{};
  const Time now = deps_.clock.now();
  // If the clock is set to next year, no article would be recent enough for an alert.
  const Time believed = deps_.store.clock_check().look().believed;
  const Time today = std::min({now, believed, work.context.answered.value_or(now)});
  work.item.seen = now;
  auto on_pool = [this, &work, oldest = today - schedule_.max_age] { return match_on_pool(work, oldest); };
  const Result<void> matched = co_await deps_.pool.run(std::move(on_pool), work.page.composed.article.text.size());
  if (work.too_old) ++counters_.too_old;
  note_undecided(work);
  co_return matched;
}

Result<void> ArticleProcessor::match_on_pool(Work& work, Time oldest) {
  const Article& article = work.page.composed.article;
  const Candidate& candidate = work.candidate;
  const config::SourceSettings& settings = work.context.entry.settings;
  store::NewItem& item = work.item;
  item.source = settings.id;
  item.item_id = candidate.known ? candidate.known->item_id : candidate.item.id;
  item.row = candidate.known ? candidate.known->row : 0;
  item.keys = candidate.keys;
  item.url_key = text::article_key(article.url.empty() ? candidate.item.hints.url : article.url);
  item.content = work.page.composed.content;
  item.marks = marks_after(candidate, work.page);
  work.repeated = candidate.known && candidate.known->content == item.content;
  if (work.repeated) return {};
  if (!candidate.known && article.text.size() >= kWholeText) {
    const Id key = content_key(item.content);
    const auto same = deps_.store.find_items(settings.id, std::span(&key, 1));
    if (!same) return same.error();
    if (!same->empty() && same_content_is_same(candidate.item, same->front().item)) {
      work.same = same->front().item;
      work.repeated = true;
      return {};
    }
    item.keys.push_back(key);
  }
  work.too_old = article.published && article.published->time < oldest;
  if (!work.too_old) work.matched = work.matchers->match(to_document(article, settings));
  work.times.matched = deps_.clock.now();
  const auto begun = deps_.store.unfinished_story(item.source, item.item_id, item.content);
  if (!begun) return begun.error();
  item.portion = *begun ? store::Portion::last : store::Portion::whole;
  item.story = stories_.place(article, *begun);
  return {};
}

/// Stores the article and its alerts in groups of bounded size. The last group includes the article itself. After a
/// restart before that, all groups are made again, and the log stores each alert only once.
awaitable<Result<void>> ArticleProcessor::store_new(Work& work) {
  SourceEntry& entry = work.context.entry;
  Article& article = work.page.composed.article;
  std::span<const Found> rest = work.matched.found;
  const unsigned revision = work.candidate.known ? work.candidate.known->revision + 1 : 1;
  const AlertContext context{entry.settings,  work.item.item_id, work.candidate.entry, work.item.content, revision,
                             work.item.story, work.times};
  std::vector<store::SuppressedMatch> suppressed;
  Drafts drafts;
  while (!rest.empty()) {
    auto draft = [&] { return draft_alerts(article, rest, context); };
    drafts = co_await deps_.pool.run(std::move(draft), article.text.size());
    rest = rest.subspan(drafts.used);
    std::ranges::move(drafts.suppressed, std::back_inserter(suppressed));
    if (rest.empty()) break;
    store::NewItem beginning = work.item;
    beginning.alerts = std::move(drafts.alerts);
    beginning.portion = store::Portion::beginning;
    work.item.portion = store::Portion::last;
    const auto committed = co_await commit(deps_.store, batch_of(std::move(beginning)));
    if (!committed) co_return committed.error();
    count(work, *committed, {});
  }
  store::NewItem last = work.item;
  last.alerts = std::move(drafts.alerts);
  last.article = std::move(article);
  last.suppressed = suppressed;
  std::function<void()> queued = [&order = work.context.order, number = work.context.number] { order.done(number); };
  const auto committed = co_await commit(deps_.store, batch_of(std::move(last)), std::move(queued));
  if (!committed) co_return committed.error();
  count(work, *committed, suppressed);
  co_return Result<void>{};
}

void ArticleProcessor::count(const Work& work, const store::Committed& committed,
                             const std::vector<store::SuppressedMatch>& suppressed) {
  stats_.note(committed, suppressed);
  counters_.alerts += committed.alerts.size();
  SourceEntry& entry = work.context.entry;
  entry.state.alerts += committed.alerts.size();
  entry.counts->alerts += committed.alerts.size();
  for (const StoredAlert& alert : committed.alerts) {
    counters_.alert_times.fetched.note(work.times.fetched - work.times.seen);
    counters_.alert_times.matched.note(work.times.matched - work.times.fetched);
    counters_.alert_times.committed.note(alert.time - work.times.matched);
  }
}

/// A known, unchanged item: only records the visit.
awaitable<Result<void>> ArticleProcessor::store_visit(Work& work) {
  const store::KnownItem& known = work.same ? *work.same : *work.candidate.known;
  store::ItemMarks marks = marks_after(work.candidate, work.page);
  if (work.page.not_modified) {
    marks.etag = known.marks.etag;
    marks.last_modified = known.marks.last_modified;
    marks.answered_by = known.marks.answered_by;
  }
  store::Batch batch;
  batch.visits.push_back({known.row, work.candidate.keys, std::move(marks)});
  const auto committed = co_await commit(deps_.store, std::move(batch));
  if (!committed) co_return committed.error();
  co_return Result<void>{};
}

void ArticleProcessor::note_undecided(const Work& work) {
  const std::vector<std::string>& undecided = work.matched.undecided;
  if (undecided.empty()) return;
  counters_.undecided += undecided.size();
  log::say("match-undecided", {.source = work.context.entry.settings.id, .url = work.candidate.item.hints.url},
           "{}: {}: not matched against {} watchlists, for it would take too many steps: {}",
           work.context.entry.settings.id, printable(work.candidate.item.hints.url), undecided.size(),
           fmt::join(undecided, ", "));
}

}  // namespace pw::pipeline
