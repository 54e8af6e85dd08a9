#include "pipeline/pipeline.hpp"

#include "core/log.hpp"
#include "core/text.hpp"
#include "fetch/http/response_headers.hpp"
#include "pipeline/portions.hpp"
#include "pipeline/source_health.hpp"
#include "pipeline/turn.hpp"
#include "runtime/from_callback.hpp"
#include "schedule/interval.hpp"
#include "text/charset/charset.hpp"
#include "text/url/url.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <random>
#include <set>

namespace pw::pipeline {

using boost::asio::awaitable;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t kMaxAtOnce = 256;   // turns begun in one go
constexpr std::size_t kMaxRequests = 20;  // of one turn
constexpr unsigned kPageTries = 3;        // then the item is stored by what its source said
constexpr std::size_t kRecentItems = 24;
constexpr Milliseconds kAfterException = 5min;
constexpr Milliseconds kSlow = 10s;  // for an answer, before it is said in the source's status

/// The Link headers go before what the body says (WebSub, section 4); the topic is the source's own address.
void name_hub(Round& round, const fetch::FetchResponse& response) {
  if (std::string hub = response.linked("hub"); !hub.empty()) {
    round.hub = std::move(hub);
    if (std::string self = response.linked("self"); !self.empty()) round.topic = std::move(self);
  }
  if (round.topic.empty()) round.topic = response.final_url;
}

/// What a host was like at its source's last turn, which may have been before the daemon was started.
std::optional<unsigned> misses_of(const store::SourceState& state) {
  if (state.polls == 0) return std::nullopt;
  const bool silent = state.state == "slow" || state.state == "failing";
  return silent ? static_cast<unsigned>(std::max(state.failures, 1)) : 0;
}

/// The validators after a 304, which may bring newer ones (RFC 9110, section 15.4.5).
store::Validators refreshed(store::Validators known, const fetch::FetchResponse& response) {
  if (!response.etag.empty()) known.etag = response.etag;
  if (!response.last_modified.empty()) known.last_modified = response.last_modified;
  return known;
}

}  // namespace

void Pipeline::start() {
  if (websub_) websub_->start();
  for (const auto& [key, entry] : entries_) publish_health(*entry, "");
  auto turns = take_turns();
  tasks_.spawn(std::move(turns), "scheduler");
}

awaitable<void> Pipeline::stop() {
  stopping_ = true;
  if (websub_) websub_->stop();
  wake_.cancel();
  deps_.fetcher.cancel_all();
  for (const auto& [key, entry] : entries_) entry->source->interrupt();
  tasks_.cancel();
  co_await tasks_.wait();
}

awaitable<void> Pipeline::take_turns() {
  try {
    co_await recall_stories();
  } catch (const std::exception& error) {
    if (stopping_) throw;
    spdlog::error("the stories of before are not known and may be told again: {}", printable(error.what()));
  }
  while (!stopping_) {
    ++counters_.turns;
    deps_.store.clock_check().look();
    for (const schedule::SourceKey key : scheduler_.take_due(deps_.clock.steady(), kMaxAtOnce)) begin_turn(key);
    if (!releasing_ && !stats_.due(matchers_->lists(), deps_.clock.now()).empty()) begin_release();
    const schedule::Instant now = deps_.clock.steady();
    const auto rest = std::chrono::duration_cast<Milliseconds>(scheduler_.next_due().value_or(now + 1s) - now);
    wake_.expires_after(std::clamp<Milliseconds>(rest, 10ms, 1s));
    boost::system::error_code ignored;
    co_await wake_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
  }
}

/// What cannot be begun (out of memory) is tried again later: the scheduler goes on.
void Pipeline::begin_turn(schedule::SourceKey key) {
  const auto found = entries_.find(key);
  if (found == entries_.end() || found->second->running) return;
  SourceEntry& entry = *found->second;
  entry.running = true;
  try {
    auto task = turn(found->second);
    tasks_.spawn(std::move(task), entry.settings.id);
  } catch (const std::exception& error) {
    entry.running = false;
    spdlog::error("{}: its turn cannot begin: {}", entry.settings.id, printable(error.what()));
    scheduler_.set(key, deps_.clock.steady() + kAfterException);
  }
}

void Pipeline::begin_release() {
  releasing_ = true;
  try {
    auto release = release_held();
    tasks_.spawn(std::move(release), "held alerts");
  } catch (const std::exception& error) {
    releasing_ = false;
    spdlog::error("the held alerts cannot go out now: {}", printable(error.what()));
  }
}

/// What was told before the daemon was restarted is not news after it.
awaitable<void> Pipeline::recall_stories() {
  auto recall = [this] {
    const MutexLock lock(stories_mutex_);
    const stories::StorySettings& limits = stories_.settings();
    deps_.store.visit_articles(
        story_time() - limits.window, limits.max_articles, [this](const auto& article) PW_REQUIRES(stories_mutex_) {
          stories_.recall(article.story, article.title, article.text, article.seen, article.language);
        });
    return true;
  };
  co_await deps_.pool.run(std::move(recall));
}

/// A clock that steps must neither end every story nor keep one for ever.
Time Pipeline::story_time() const {
  return started_ + std::chrono::duration_cast<Milliseconds>(deps_.clock.steady() - started_steady_);
}

/// A turn that ends with an exception (out of memory, a bug) costs that turn, not the source.
awaitable<void> Pipeline::turn(std::shared_ptr<SourceEntry> entry) {
  try {
    co_await take_turn(*entry);
  } catch (const std::exception& error) {
    if (stopping_) throw;
    spdlog::error("{}: its turn was given up: {}", entry->settings.id, printable(error.what()));
    entry->plan(deps_.clock.now() + kAfterException, deps_.clock);
  }
  end_turn(*entry);
}

/// Lets the source be asked again when it is due, and what its hub brought meanwhile be read.
void Pipeline::end_turn(SourceEntry& entry) {
  entry.running = false;
  if (entry.removed) return;
  const schedule::SourceKey key = keys_.at(entry.settings.id);
  if (!entry.pushed.empty() && !stopping_) {
    entry.running = true;
    auto task = read_pushed(entries_.at(key));
    tasks_.spawn(std::move(task), entry.settings.id);
  } else if (entry.due) {
    scheduler_.set(key, *entry.due);
  }
}

/// The way of a source's turn: ask it, follow each new item, save where it stands.
awaitable<void> Pipeline::take_turn(SourceEntry& entry) {
  Round round = co_await ask(entry);
  co_await follow_new(entry, round);
  if (websub_ && round.fresh > 0) websub_->distrust(entry.settings.id);
  co_await finish(entry, round);
  if (!websub_ || round.error) co_return;
  std::optional<Hub> named;
  if (round.changed && !round.not_modified) named = Hub{round.hub, round.topic};
  co_await websub_->ensure_subscription(entry.settings.id, std::move(named));
}

awaitable<void> Pipeline::follow_new(SourceEntry& entry, Round& round) {
  std::vector<source::Item> fresh = co_await only_new(entry, std::move(round.items));
  round.fresh = fresh.size();
  if (fresh.size() > schedule_settings_.max_items_per_poll) {
    // The newest now, the others at the next turns.
    fresh.erase(fresh.begin(), fresh.end() - static_cast<std::ptrdiff_t>(schedule_settings_.max_items_per_poll));
    round.incomplete = true;
  }
  for (source::Item& item : fresh) {
    if (stopping_ || entry.removed) {
      round.incomplete = true;
      break;
    }
    co_await follow(entry, std::move(item), round);
  }
}

awaitable<Round> Pipeline::ask(SourceEntry& entry) {
  ++counters_.polls;
  Round round;
  const source::PollInput input{entry.state.cursor, deps_.clock.now()};
  auto poll = [&entry, input] { return settled([&] { return entry.source->poll(input); }); };
  auto polled = co_await pool_of(entry).run(std::move(poll));
  if (!polled) {
    round.error = polled.error();
    co_return round;
  }
  std::vector<source::Request> requests = std::move(polled->requests);
  if (!requests.empty()) round.asked = requests.front().url;
  round.take(std::move(*polled));
  for (std::size_t i = 0; i < requests.size() && i < kMaxRequests && !round.error; ++i) {
    std::vector<source::Request> more;
    co_await answer(entry, requests[i], round, more);
    std::ranges::move(more, std::back_inserter(requests));
  }
  co_return round;
}

/// Fetches one request of a source and has the source read the answer.
awaitable<void> Pipeline::answer(SourceEntry& entry, source::Request request, Round& round,
                                 std::vector<source::Request>& more) {
  const bool is_first = request.url == round.asked;
  fetch::FetchRequest ask;
  ask.url = entry.address_of(request.url);
  ask.headers = request.headers;
  ask.consecutive_timeouts = misses_of(entry.state);
  round.by_new_address = round.by_new_address || ask.url != request.url;
  auto load = [this, &ask] { return deps_.store.load_validators(ask.url); };
  const auto known = co_await deps_.pool.run(std::move(load));
  if (known) {
    ask.etag = known->etag;
    ask.last_modified = known->last_modified;
    ask.validators_of = known->answered_by;
  }
  const std::string asked = ask.url;
  const auto fetched = co_await deps_.fetcher.fetch(std::move(ask));
  if (!fetched) {
    round.error = fetched.error();
    co_return;
  }
  const fetch::FetchResponse& response = *fetched;
  round.max_age = response.max_age;
  if (!round.answered) round.answered = fetch::sent_at(response, response.fetched);
  if (response.status == 429 || response.status == 503) round.retry_after = response.retry_after;
  if (is_first && asked == request.url) round.permanent = response.permanent_url;
  const bool unchanged = response.not_modified && known.has_value();
  if (!unchanged && response.status != 200) {
    round.error = status_error(response);
    round.status = response.status;
    co_return;
  }
  if (response.took > kSlow) {
    round.warnings.push_back(fmt::format("slow: the answer took {}", to_string(response.took)));
  }
  if (unchanged) {
    round.not_modified = true;
    round.validators.push_back(refreshed(*known, response));
    co_return;
  }
  round.changed = true;
  co_await read(entry, request, response, round, more);
  if (is_first) name_hub(round, response);
  if (round.error) {
    round.unreadable.push_back({asked, "", "", ""});
  } else if (!response.etag.empty() || !response.last_modified.empty()) {
    round.validators.push_back({asked, response.etag, response.last_modified, response.final_url});
  }
}

/// Has the source read an answer.
awaitable<void> Pipeline::read(SourceEntry& entry, const source::Request& request, const fetch::FetchResponse& response,
                               Round& round, std::vector<source::Request>& more) {
  round.seen = deps_.clock.now();
  std::string note;
  auto parse = [&]() -> Result<source::Emitted> {
    return settled([&] {
      Body body = decode_body(entry.plugin->body, response);
      note = std::move(body.note);
      return entry.source->parse(
          {body.text, response.final_url, response.content_type, request.tag, entry.state.cursor, round.seen});
    });
  };
  auto emitted = co_await pool_of(entry).run(std::move(parse));
  if (!emitted) {
    round.error = emitted.error();
    co_return;
  }
  more = std::move(emitted->requests);
  round.take(std::move(*emitted));
  if (!note.empty()) source::add_warning(round.warnings, std::move(note));
}

/// The items that the store does not have, oldest first, so that alerts come in the order of the news.
awaitable<std::vector<source::Item>> Pipeline::only_new(SourceEntry& entry, std::vector<source::Item> items) {
  if (!items.empty()) entry.recent.clear();
  for (const source::Item& item : items) {
    if (item.hints.published && entry.recent.size() < kRecentItems) entry.recent.push_back(item.hints.published->time);
  }
  if (const auto gap = schedule::median_gap(entry.recent)) entry.state.gap_ms = gap->count();
  auto filter = [this, &entry, items = std::move(items)]() mutable {
    std::erase_if(items, [&](const source::Item& item) {
      const auto known = deps_.store.find_item(entry.settings.id, item.id);
      return known && !entry.is_revision(item, known->first_seen);
    });
    std::ranges::reverse(items);
    return std::move(items);  // else it would be copied, being no local variable
  };
  co_return co_await deps_.pool.run(std::move(filter));
}

/// The way of one article: fetch, extract, match, stories, store; the store's commit hands the alerts to the bus.
awaitable<void> Pipeline::follow(SourceEntry& entry, source::Item item, Round& round) {
  Timestamps moments{round.seen, round.seen, {}};
  auto page = co_await article_of(entry, item, moments, round);
  if (!page) co_return;

  const Time now = deps_.clock.now();
  // By a clock that was set to next year no article would be new enough for an alert.
  const Time today = std::min({now, deps_.store.clock_check().look().believed, round.answered.value_or(now)});
  const Time oldest = today - schedule_settings_.max_age;
  std::vector<std::string> undecided;
  auto work = [&, matchers = matchers_]() -> MatchedArticle {
    Article& article = *page;
    MatchedArticle out;
    out.item.source = entry.settings.id;
    out.item.item_id = item.id;
    out.item.url_key = text::article_key(article.url.empty() ? item.hints.url : article.url);
    out.item.content = content_id(article);
    out.item.seen = now;
    const auto known = deps_.store.find_item(out.item.source, out.item.item_id);
    const bool repeated = known && known->content == out.item.content;
    const bool old = article.published && article.published->time < oldest;
    if (!repeated && !old) {
      Matched matched = matchers->match(to_document(article, entry.settings));
      out.found = std::move(matched.found);
      undecided = std::move(matched.undecided);
    }
    out.matchers = matchers;
    moments.matched = deps_.clock.now();
    out.moments = moments;
    const auto begun = deps_.store.unfinished_story(out.item.source, out.item.item_id);
    out.item.portion = begun ? store::Portion::last : store::Portion::whole;
    {
      const MutexLock lock(stories_mutex_);
      if (begun) stories_.recall(*begun, article.title, article.text, story_time(), article.language);
      out.item.story =
          begun ? *begun : stories_.assign(article.title, article.text, story_time(), article.language).story;
    }
    out.revision = known ? known->revision + 1 : 1;
    out.article = std::move(article);
    return out;
  };
  MatchedArticle matched = co_await deps_.pool.run(std::move(work));
  if (!undecided.empty()) {
    counters_.undecided += undecided.size();
    spdlog::warn("{}: {}: not matched against {} watchlists, for it would take too many steps: {}", entry.settings.id,
                 printable(item.hints.url), undecided.size(), fmt::join(undecided, ", "));
  }
  const auto stored = co_await store_in_portions(entry, matched);
  if (!stored) {
    round.incomplete = true;
    round.error = stored.error();
    co_return;
  }
  ++counters_.items;
  ++entry.state.items_seen;
  entry.remember_revision(item);
}

/// The alerts that waited for their watchlist's hours, or for the end of its mute, go the way of all others from the
/// commit on. What cannot be committed now is tried again at the next turn of the scheduler.
awaitable<void> Pipeline::release_held() {
  for (const std::string& channel : stats_.due(matchers_->lists(), deps_.clock.now())) {
    std::size_t released = store::kReleaseAtOnce;
    while (released == store::kReleaseAtOnce && !stopping_) {
      store::Batch batch;
      batch.release = channel;
      const auto committed = co_await commit(std::move(batch));
      if (!committed) {
        spdlog::error("the held alerts of {}: {}", channel, printable(committed.error().message));
        break;
      }
      released = committed->released;
      counters_.alerts += committed->alerts.size();
      for (const StoredAlert& alert : committed->alerts) {
        const auto key = keys_.find(alert.source);
        if (key != keys_.end()) ++entries_.at(key->second)->state.alerts;
      }
      stats_.note_released(channel, *committed);
    }
  }
  releasing_ = false;
}

/// The item's article, from its page or from what the source said of it. An error: it is tried again at the next turn.
awaitable<Result<Article>> Pipeline::article_of(SourceEntry& entry, const source::Item& item, Timestamps& moments,
                                                Round& round) {
  if (item.complete || !entry.settings.fetch_pages || item.hints.url.empty()) {
    co_return article_of_hints(item, deps_.clock.now());
  }
  fetch::FetchRequest request;
  request.url = item.hints.url;
  request.urgent = true;
  const auto fetched = co_await deps_.fetcher.fetch(std::move(request));
  ++counters_.pages;
  moments.fetched = deps_.clock.now();
  if (fetched && fetched->status == 200) {
    std::vector<std::string> notes;
    auto read = [&] {
      return guarded([&] { return read_page(*entry.source, *fetched, item, moments.fetched, notes); });
    };
    auto article = co_await pool_of(entry).run(std::move(read));
    entry.page_failures.erase(item.id);
    for (const std::string& note : notes) {
      source::add_warning(round.warnings, fmt::format("{}: {}", printable(item.hints.url, 200), note));
    }
    if (article) co_return std::move(*article);
    spdlog::warn("{}: {}: {}", entry.settings.id, printable(item.hints.url), printable(article.error().message));
    co_return article_of_hints(item, moments.fetched);
  }
  const Error error = fetched ? status_error(*fetched) : fetched.error();
  if (error.code == Errc::cancelled) {
    round.incomplete = true;
    co_return error;
  }
  const bool may_pass = is_transient(error, fetched ? fetched->status : 0);
  if (may_pass && (error.code == Errc::busy || ++entry.page_failures[item.id] < kPageTries)) {
    round.incomplete = true;
    co_return error;
  }
  entry.page_failures.erase(item.id);
  spdlog::warn("{}: the page of an item cannot be had, matching what the source says of it: {}", entry.settings.id,
               printable(error.message));
  co_return article_of_hints(item, moments.fetched);
}

awaitable<Result<store::Committed>> Pipeline::commit(store::Batch batch) {
  auto submit = [this, &batch](std::function<void(Result<store::Committed>)> done) {
    deps_.store.submit(std::move(batch), std::move(done));
  };
  co_return co_await runtime::from_callback<Result<store::Committed>>(std::move(submit));
}

/// Saves where the source stands. Validators are kept only when every item was: else a 304 would hide the rest.
awaitable<void> Pipeline::finish(SourceEntry& entry, Round& round) {
  if (round.error && round.error->code == Errc::cancelled) co_return;
  const std::string before = entry.state.state;
  const bool told = note_outcome(entry, round, deps_.clock.now());
  entry.plan(due_after(entry, round), deps_.clock);
  store::Batch batch;
  const bool moved = round.cursor && !round.incomplete && !round.error;
  if (moved) entry.state.cursor = *round.cursor;
  batch.source_state = entry.state;
  if (!round.incomplete && !round.error) batch.validators = std::move(round.validators);
  if (entry.state.state == "empty") {
    for (store::Validators& one : batch.validators) one = {one.url, "", "", ""};
  }
  std::ranges::move(round.unreadable, std::back_inserter(batch.validators));
  const auto committed = co_await commit(std::move(batch));
  if (!committed) {
    spdlog::error("{}: {}", entry.settings.id, printable(committed.error().message));
  } else if (moved) {
    auto acknowledge = [&entry, cursor = *round.cursor] { entry.source->stored(cursor); };
    co_await pool_of(entry).run(std::move(acknowledge));
  }
  if (told) publish_health(entry, before);
}

void Pipeline::publish_health(const SourceEntry& entry, const std::string& previous) const {
  if (!deps_.on_health) return;
  bus::HealthInfo info = health_of(entry, previous, deps_.clock.now());
  info.next_due = entry.next_due(deps_.clock);
  deps_.on_health(info);
}

/// A plugin that lives in a child may keep a thread waiting; the others' threads are for work.
runtime::Pool& Pipeline::pool_of(const SourceEntry& entry) const {
  return entry.plugin->waits ? deps_.waiting : deps_.pool;
}

Time Pipeline::due_after(SourceEntry& entry, const Round& round) const {
  static thread_local std::minstd_rand random{std::random_device{}()};
  schedule::IntervalInput input;
  const bool fixed = entry.settings.interval > 0ms;
  input.base = usual_interval(entry.settings);
  input.min =
      fixed ? std::min(entry.settings.interval, schedule_settings_.min_interval) : schedule_settings_.min_interval;
  input.max = std::max(schedule_settings_.max_interval, input.base);
  input.adaptive = !fixed;
  input.recent_items.assign(entry.recent.begin(), entry.recent.end());
  const source::Pace pace = entry.pace();
  if (pace.at_least > 0ms) input.ttl = pace.at_least;
  if (entry.state.gap_ms > 0) input.gap = Milliseconds{entry.state.gap_ms};
  if (!fixed) input.max_age = round.max_age;
  input.retry_after = round.retry_after;
  input.unchanged_in_row = entry.unchanged;
  input.failures_in_row = static_cast<unsigned>(entry.state.failures);
  input.jitter = std::uniform_real_distribution<double>(0, 1)(random);
  const Milliseconds interval = schedule::next_interval(input);
  entry.state.interval_ms = interval.count();
  if (round.gone()) return {};
  const Time due = out_of_skipped(deps_.clock.now() + interval, pace);
  return round.error || round.incomplete ? due : push_due(entry, due);
}

/// While nothing is learned of the source.
Milliseconds Pipeline::usual_interval(const config::SourceSettings& settings) const {
  if (settings.interval > 0ms) return settings.interval;
  return std::clamp<Milliseconds>(10min, schedule_settings_.min_interval, schedule_settings_.max_interval);
}

}  // namespace pw::pipeline
