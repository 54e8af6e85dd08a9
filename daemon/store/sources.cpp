#include "store/sources.hpp"

#include <cstdint>
#include <utility>

namespace pw::store {

namespace {

bool has_other_options(Database& db, const SourceRequests& requests) {
  Query query = db.query("SELECT options FROM requests WHERE source = ? LIMIT 1");
  return query.bind(requests.source).step() && query.id(0) != requests.options;
}

}  // namespace

void write_source(Database& db, const SourceState& state) {
  db.query(
        "INSERT OR REPLACE INTO sources(id, cursor, next_due, last_ok, failures, state, reason, interval_ms, "
        "items_seen, "
        "alerts, since, polls, not_modified, failed, listed, moved_from, moved_to, moved_seen, pace_ms, skip_hours, "
        "skip_days, gap_ms, idle_visits, last_item, rhythm) "
        "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
      .bind(state.id)
      .bind(state.cursor)
      .bind(to_ms(state.next_due))
      .bind(to_ms(state.last_ok))
      .bind(std::int64_t{state.failures})
      .bind(state.state)
      .bind(state.reason)
      .bind(state.interval_ms)
      .bind(static_cast<std::int64_t>(state.items_seen))
      .bind(static_cast<std::int64_t>(state.alerts))
      .bind(to_ms(state.since))
      .bind(static_cast<std::int64_t>(state.polls))
      .bind(static_cast<std::int64_t>(state.not_modified))
      .bind(static_cast<std::int64_t>(state.failed))
      .bind(static_cast<std::int64_t>(state.listed))
      .bind(state.moved_from)
      .bind(state.moved_to)
      .bind(std::int64_t{state.moved_seen})
      .bind(state.pace_ms)
      .bind(std::int64_t{state.skip_hours})
      .bind(std::int64_t{state.skip_days})
      .bind(state.gap_ms)
      .bind(std::int64_t{state.idle_visits})
      .bind(to_ms(state.last_item))
      .bind_bytes(state.rhythm)
      .run();
}

void write_requests(Database& db, const SourceRequests& requests) {
  if (has_other_options(db, requests)) db.query("DELETE FROM requests WHERE source = ?").bind(requests.source).run();
  for (const RequestState& one : requests.changed) {
    db.query(
          "INSERT OR REPLACE INTO requests(source, request, options, etag, last_modified, answered_by, follow_ups, "
          "checked) VALUES (?,?,?,?,?,?,?,?)")
        .bind(requests.source)
        .bind(one.request)
        .bind(requests.options)
        .bind(one.etag)
        .bind(one.last_modified)
        .bind(one.answered_by)
        .bind(one.follow_ups)
        .bind(to_ms(one.checked))
        .run();
  }
}

void write_subscription(Database& db, const Subscription& subscription) {
  db.query("INSERT OR REPLACE INTO subscriptions(source, topic, hub, token, secret, until) VALUES (?,?,?,?,?,?)")
      .bind(subscription.source)
      .bind(subscription.topic)
      .bind(subscription.hub)
      .bind(subscription.token)
      .bind(subscription.secret)
      .bind(to_ms(subscription.until))
      .run();
}

std::vector<SourceState> load_sources(Database& db) {
  std::vector<SourceState> sources;
  Query query = db.query(
      "SELECT id, cursor, next_due, last_ok, failures, state, reason, interval_ms, items_seen, alerts, since, polls, "
      "not_modified, failed, listed, moved_from, moved_to, moved_seen, pace_ms, skip_hours, skip_days, gap_ms, "
      "idle_visits, last_item, rhythm FROM sources");
  const auto count = [&](int column) { return static_cast<std::uint64_t>(query.number(column)); };
  while (query.step()) {
    SourceState state;
    state.id = query.text(0);
    state.cursor = query.text(1);
    state.next_due = from_ms(query.number(2));
    state.last_ok = from_ms(query.number(3));
    state.failures = static_cast<int>(query.number(4));
    state.state = query.text(5);
    state.reason = query.text(6);
    state.interval_ms = query.number(7);
    state.items_seen = count(8);
    state.alerts = count(9);
    state.since = from_ms(query.number(10));
    state.polls = count(11);
    state.not_modified = count(12);
    state.failed = count(13);
    state.listed = count(14);
    state.moved_from = query.text(15);
    state.moved_to = query.text(16);
    state.moved_seen = static_cast<int>(query.number(17));
    state.pace_ms = query.number(18);
    state.skip_hours = static_cast<unsigned>(query.number(19));
    state.skip_days = static_cast<unsigned>(query.number(20));
    state.gap_ms = query.number(21);
    state.idle_visits = static_cast<unsigned>(query.number(22));
    state.last_item = from_ms(query.number(23));
    state.rhythm = query.bytes(24);
    sources.push_back(std::move(state));
  }
  return sources;
}

std::vector<RequestState> load_requests(Database& db, std::string_view source, const Id& options) {
  std::vector<RequestState> out;
  Query query = db.query(
      "SELECT request, etag, last_modified, answered_by, follow_ups, checked FROM requests "
      "WHERE source = ? AND options = ? ORDER BY checked DESC LIMIT ?");
  query.bind(source).bind(options).bind(static_cast<std::int64_t>(kRequestsAtMost));
  while (query.step()) {
    out.push_back({query.id(0), query.text(1), query.text(2), query.text(3), query.text(4), from_ms(query.number(5))});
  }
  return out;
}

std::vector<Subscription> load_subscriptions(Database& db) {
  std::vector<Subscription> out;
  Query query = db.query("SELECT source, topic, hub, token, secret, until FROM subscriptions");
  while (query.step()) {
    out.push_back(
        {query.text(0), query.text(1), query.text(2), query.text(3), query.text(4), from_ms(query.number(5))});
  }
  return out;
}

}  // namespace pw::store
