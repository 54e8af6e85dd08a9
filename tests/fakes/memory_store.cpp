#include "fakes/memory_store.hpp"

#include <algorithm>

namespace pw::test {

using namespace store;

namespace {

Id unfinished_key(std::string_view source, std::string_view item_id, const Id& content) {
  return derive_id({source, item_id, to_hex(content)});
}

template <class Map>
auto values(const Map& map) {
  std::vector<typename Map::mapped_type> out;
  for (const auto& [key, value] : map) out.push_back(value);
  return out;
}

}  // namespace

MemoryStore::MemoryStore(const Clock& clock, Executor executor)
    : clock_(clock), executor_(std::move(executor)), clock_check_(clock, {}, std::nullopt) {}

void MemoryStore::submit(Batch batch, Done done) {
  auto work = [this, batch = std::move(batch), done = std::move(done)] {
    auto committed = commit(batch);
    if (done) done(std::move(committed));
  };
  if (executor_) {
    executor_(std::move(work));
  } else {
    work();
  }
}

Result<Committed> MemoryStore::commit(const Batch& batch) {
  if (!fail_next_.empty()) {
    Error error = std::move(fail_next_.front());
    fail_next_.pop_front();
    return error;
  }
  Committed out;
  for (const NewItem& item : batch.items) commit_item(item, out);
  for (const ItemVisit& visit : batch.visits) commit_visit(visit);
  for (const std::int64_t row : batch.listed) {
    if (const auto found = items_.find(row); found != items_.end()) found->second.known.seen = clock_.now();
  }
  if (batch.release) release(*batch.release, out);
  if (batch.source_state) sources_[batch.source_state->id] = *batch.source_state;
  if (batch.requests) commit_requests(*batch.requests);
  if (batch.subscription) subscriptions_[batch.subscription->source] = *batch.subscription;
  ++batches_;
  return out;
}

void MemoryStore::commit_item(const NewItem& item, Committed& out) {
  committed_items_.push_back(item);
  const Id unfinished = unfinished_key(item.source, item.item_id, item.content);
  if (item.portion == Portion::beginning) {
    unfinished_[unfinished] = item.story;
  } else {
    write_item(item);
    unfinished_.erase(unfinished);
  }
  for (const NewAlert& alert : item.alerts) {
    if (alert.deferred) {
      defer(alert, out);
    } else {
      commit_alert(alert, out);
    }
  }
  for (const SuppressedMatch& one : item.suppressed) {
    WatchlistCounts& counts = counts_[one.watchlist];
    counts.watchlist = one.watchlist;
    ++(one.muted ? counts.muted : counts.below_threshold);
  }
}

void MemoryStore::write_item(const NewItem& item) {
  auto known = items_.find(item.row);
  if (known != items_.end() && known->second.source != item.source) known = items_.end();
  const bool is_new = known == items_.end();
  if (is_new) {
    known = items_.emplace(++last_row_, Item{item.source, {}, {}}).first;
    known->second.known = {last_row_, item.item_id, item.content, 1, item.seen, {}, {}};
  }
  KnownItem& mine = known->second.known;
  const bool changed = !is_new && mine.content != item.content;
  if (changed) ++mine.revision;
  mine.content = item.content;
  mine.seen = item.seen;
  mine.marks = item.marks;
  const Article& article = item.article;
  if (is_new || changed) {
    articles_[mine.row] = {item.story, article.title, article.text, article.language, item.seen};
  } else if (const auto kept = articles_.find(mine.row); kept != articles_.end()) {
    kept->second.seen = item.seen;
  }
  add_keys(known->second, item.keys);
}

void MemoryStore::add_keys(Item& item, const std::vector<Id>& keys) {
  for (const Id& key : keys) {
    const auto [found, added] = keys_.try_emplace({item.source, key}, Key{item.known.row, false});
    if (!added) {
      if (found->second.item != item.known.row) found->second.shared = true;
      continue;
    }
    item.keys.push_back(key);
    if (item.keys.size() <= kKeysAtMost) continue;
    const auto dropped = item.keys.begin() + kFirstKeys;
    keys_.erase({item.source, *dropped});
    item.keys.erase(dropped);
  }
}

void MemoryStore::commit_visit(const ItemVisit& visit) {
  const auto found = items_.find(visit.row);
  if (found == items_.end()) return;
  Item& item = found->second;
  if (visit.marks) item.known.marks = *visit.marks;
  item.known.seen = clock_.now();
  add_keys(item, visit.keys);
}

void MemoryStore::commit_alert(const NewAlert& alert, Committed& out) {
  if (!alert_ids_.insert(alert.id).second) return;
  WatchlistCounts& counts = counts_[alert.channel];
  counts.watchlist = alert.channel;
  counts.last = clock_.now();
  alerts_.push_back(
      {alerts_.size() + 1, ++counts.alerts, clock_.now(), alert.id, alert.channel, alert.source, alert.body});
  out.alerts.push_back(alerts_.back());
}

void MemoryStore::defer(const NewAlert& alert, Committed& out) {
  const auto same = [&](const NewAlert& other) { return other.id == alert.id; };
  if (alert_ids_.contains(alert.id) || std::ranges::any_of(deferred_, same)) return;
  deferred_.push_back(alert);
  out.deferred.push_back(alert.channel);
  WatchlistCounts& counts = counts_[alert.channel];
  counts.watchlist = alert.channel;
  ++counts.deferred;
}

void MemoryStore::release(const std::string& channel, Committed& out) {
  for (auto next = deferred_.begin(); next != deferred_.end() && out.released < kReleaseAtOnce;) {
    if (next->channel != channel) {
      ++next;
      continue;
    }
    commit_alert(*next, out);
    next = deferred_.erase(next);
    --counts_[channel].deferred;
    ++out.released;
  }
}

void MemoryStore::commit_requests(const SourceRequests& requests) {
  Requests& mine = requests_[requests.source];
  if (mine.options != requests.options) mine = {requests.options, {}};
  for (const RequestState& one : requests.changed) mine.all[one.request] = one;
}

Result<std::vector<KeyMatch>> MemoryStore::find_items(std::string_view source, std::span<const Id> keys) {
  if (read_error_) return *read_error_;
  std::vector<KeyMatch> out;
  for (const Id& key : keys) {
    const auto found = keys_.find({std::string(source), key});
    if (found != keys_.end()) out.push_back({key, found->second.shared, items_.at(found->second.item).known});
  }
  return out;
}

Result<std::optional<Id>> MemoryStore::unfinished_story(std::string_view source, std::string_view item_id,
                                                        const Id& content) {
  if (read_error_) return *read_error_;
  const auto found = unfinished_.find(unfinished_key(source, item_id, content));
  return found == unfinished_.end() ? std::nullopt : std::optional(found->second);
}

Result<std::vector<RequestState>> MemoryStore::load_requests(std::string_view source, const Id& options) {
  if (read_error_) return *read_error_;
  const auto found = requests_.find(std::string(source));
  if (found == requests_.end() || found->second.options != options) return std::vector<RequestState>{};
  return values(found->second.all);
}

Result<std::vector<SourceState>> MemoryStore::load_sources() {
  if (read_error_) return *read_error_;
  return values(sources_);
}

Result<std::vector<Subscription>> MemoryStore::load_subscriptions() {
  if (read_error_) return *read_error_;
  return values(subscriptions_);
}

Result<std::vector<WatchlistCounts>> MemoryStore::load_watchlist_counts() {
  if (read_error_) return *read_error_;
  return values(counts_);
}

Result<void> MemoryStore::visit_articles(Time since, std::size_t limit,
                                         const std::function<void(const StoryArticle&)>& visit) {
  if (read_error_) return *read_error_;
  std::vector<StoryArticle> found;
  for (const auto& [row, article] : articles_) {
    if (article.seen >= since) found.push_back(article);
  }
  std::ranges::stable_sort(found, {}, &StoryArticle::seen);
  const std::size_t first = found.size() > limit ? found.size() - limit : 0;
  for (std::size_t i = first; i < found.size(); ++i) visit(found[i]);
  return {};
}

void MemoryStore::keep_only(std::vector<std::string> sources, std::vector<std::string> watchlists) {
  kept_sources_ = std::move(sources);
  kept_watchlists_ = std::move(watchlists);
}

std::optional<SourceState> MemoryStore::state(const std::string& source) const {
  const auto found = sources_.find(source);
  return found == sources_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace pw::test
