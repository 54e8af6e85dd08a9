#include "pipeline/poll_items.hpp"

#include "core/text.hpp"
#include "pipeline/side_by_side.hpp"
#include "text/url/url.hpp"

#include <utility>

namespace pw::pipeline {

using boost::asio::awaitable;

namespace {

constexpr std::size_t kLanes = 16;    // articles of one poll processed concurrently
constexpr std::size_t kPageless = 8;  // of these, articles that need no page

/// The host of the page that the item needs; empty if it needs none.
std::string host_of(const source::Item& item, const SourceEntry& entry) {
  if (item.complete || !entry.settings.fetch_pages || item.hints.url.empty()) return "";
  const auto url = text::parse_url(item.hints.url);
  return url ? url->host() : "?";
}

/// About what the items take in memory.
std::size_t size_of(const std::vector<source::Item>& items) {
  std::size_t size = items.size() * sizeof(source::Item);
  for (const source::Item& item : items) size += item.hints.title.size() + item.hints.text.size();
  return size;
}

}  // namespace

PollItems::PollItems(boost::asio::any_io_executor loop, const Dependencies& deps, ArticleProcessor& articles,
                     const PollSettings& settings, SourceEntry& entry, PollResult& result)
    : loop_(std::move(loop)),
      deps_(deps),
      articles_(articles),
      settings_(settings),
      entry_(entry),
      result_(result),
      plugin_(loop_) {}

awaitable<void> PollItems::process() {
  if (result_.items.empty()) co_return;
  Selection selection = co_await select();
  result_.visits = std::move(selection.aliases);
  result_.still_listed = std::move(selection.listed);
  const std::vector<Candidate>& candidates = selection.candidates;
  if (selection.left > 0) {
    result_.incomplete = result_.backlog = true;
    result_.warn(fmt::format("{} new items are left to the next polls (schedule.max_items_per_poll)", selection.left));
  }
  std::vector<std::string> hosts;
  hosts.reserve(candidates.size());
  for (const Candidate& candidate : candidates) hosts.push_back(host_of(candidate.item, entry_));
  CommitOrder order(loop_, candidates.size());
  std::function<awaitable<void>(std::size_t)> work = [&](std::size_t number) {
    ArticleContext context{entry_, result_.seen, result_.answered, plugin_, order, number, std::nullopt};
    return process_one(candidates[number], hosts[number], std::move(context));
  };
  std::vector<Lane> lanes = to_lanes(hosts, settings_.max_per_host, kPageless);
  co_await run_side_by_side(loop_, std::move(lanes), kLanes, std::move(work));
  entry_.pages.end_poll(page_held_);
}

awaitable<Selection> PollItems::select() {
  auto work = [this]() -> Result<Selection> {
    const std::vector<ItemKeys> keys = keys_of(result_.items);
    std::vector<Id> all;
    for (const ItemKeys& one : keys) {
      const std::vector<Id> its = one.all();
      all.insert(all.end(), its.begin(), its.end());
    }
    const auto matches = deps_.store.find_items(entry_.settings.id, all);
    if (!matches) return matches.error();
    const SelectionLimits limits{settings_.schedule.max_items_per_poll, {entry_.state.idle_visits, deps_.clock.now()}};
    return select_items(std::move(result_.items), keys, *matches, limits);
  };
  auto selected = co_await deps_.pool.run(std::move(work), size_of(result_.items));
  if (selected) co_return std::move(*selected);
  if (!result_.error) result_.error = selected.error();
  co_return Selection{};
}

awaitable<void> PollItems::process_one(const Candidate& candidate, const std::string& host, ArticleContext context) {
  if (result_.cancelled()) {
    result_.incomplete = true;
    co_return;
  }
  const auto known = unresponsive_hosts_.find(host);
  if (known != unresponsive_hosts_.end()) context.host_error = known->second;
  context.order.begin(context.number);
  ArticleOutcome outcome;
  try {
    outcome = co_await articles_.process(candidate, context);
  } catch (...) {
    context.order.done(context.number);
    result_.incomplete = true;
    throw;
  }
  context.order.done(context.number);
  note_outcome(candidate, host, std::move(outcome));
}

void PollItems::note_outcome(const Candidate& candidate, const std::string& host, ArticleOutcome outcome) {
  if (outcome.stored) ++result_.fresh;
  for (std::string& note : outcome.notes) {
    result_.warn(fmt::format("{}: {}", printable(candidate.item.hints.url, 200), note));
  }
  if (!outcome.retry) return;
  result_.incomplete = true;
  if (!outcome.by_page) {
    if (outcome.error && !result_.error) result_.error = outcome.error;
    return;
  }
  page_held_ = true;
  result_.warn(fmt::format("{}: its page could not be read and is tried again: {}",
                           printable(candidate.item.hints.url, 200), outcome.error->message));
  const Errc code = outcome.error->code;
  if (code == Errc::timeout || code == Errc::busy) unresponsive_hosts_.emplace(host, *outcome.error);
}

}  // namespace pw::pipeline
