#include "store/writer.hpp"

#include <utility>

namespace pw::store {

namespace {

std::string join_lines(const std::vector<std::string>& parts) {
  std::string joined;
  for (const auto& part : parts) {
    if (!joined.empty()) joined += '\n';
    joined += part;
  }
  return joined;
}

void bind_date(Query& query, const std::optional<StatedDate>& date) {
  if (date) {
    query.bind(to_ms(date->time));
  } else {
    query.bind_null();
  }
}

void bind_article(Query& query, const NewItem& item) {
  const Article& article = item.article;
  query.bind(item.url_key).bind(item.content).bind(to_ms(item.seen)).bind(item.story);
  query.bind(article.url).bind(article.canonical_url).bind(article.title).bind(article.text);
  query.bind(join_lines(article.authors));
  bind_date(query, article.published);
  bind_date(query, article.modified);
  query.bind(article.language).bind(article.site).bind(article.section).bind(article.image).bind(article.method);
  query.bind(std::int64_t{article.partial}).bind(item.source).bind(item.item_id);
}

void write_article(Database& db, const NewItem& item) {
  std::optional<Id> known;
  {
    Query query = db.query("SELECT content FROM articles WHERE source = ? AND item_id = ?");
    query.bind(item.source).bind(item.item_id);
    if (query.step()) known = query.id(0);
  }
  if (!known) {
    Query query = db.query(
        "INSERT INTO articles(url_key, content, seen, story, url, canonical_url, title, text, authors, published, "
        "modified, language, site, section, image, method, partial, source, item_id, first_seen, revision) "
        "VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?3,1)");
    bind_article(query, item);
    query.run();
  } else if (*known != item.content) {
    Query query = db.query(
        "UPDATE articles SET url_key=?, content=?, seen=?, story=?, url=?, canonical_url=?, title=?, text=?, "
        "authors=?, published=?, modified=?, language=?, site=?, section=?, image=?, method=?, partial=?, "
        "revision = revision + 1 WHERE source=? AND item_id=?");
    bind_article(query, item);
    query.run();
  } else {
    db.query("UPDATE articles SET url_key = ?, seen = ? WHERE source = ? AND item_id = ?")
        .bind(item.url_key)
        .bind(to_ms(item.seen))
        .bind(item.source)
        .bind(item.item_id)
        .run();
  }
}

void begin_item(Database& db, const NewItem& item) {
  db.query("INSERT OR REPLACE INTO meta(key, value) VALUES (?, ?)")
      .bind(unfinished_key(item.source, item.item_id))
      .bind(item.story)
      .run();
}

void end_item(Database& db, const NewItem& item) {
  db.query("DELETE FROM meta WHERE key = ?").bind(unfinished_key(item.source, item.item_id)).run();
}

std::uint64_t next_number(Query& query) { return query.step() ? static_cast<std::uint64_t>(query.number(0)) + 1 : 1; }

std::optional<StoredAlert> write_alert(Database& db, const NewAlert& alert, Time now) {
  StoredAlert stored{0, 0, now, alert.id, alert.channel, alert.source, alert.body};
  {
    Query query = db.query("SELECT value FROM meta WHERE key = 'head'");
    stored.seq = next_number(query);
  }
  {
    Query query = db.query("SELECT head FROM channels WHERE name = ?");
    stored.cseq = next_number(query.bind(alert.channel));
  }
  const auto seq = static_cast<std::int64_t>(stored.seq);
  const auto cseq = static_cast<std::int64_t>(stored.cseq);
  db.query(
        "INSERT INTO alerts(seq, channel, cseq, time, id, source, body) VALUES (?,?,?,?,?,?,?) "
        "ON CONFLICT(id) DO NOTHING")
      .bind(seq)
      .bind(alert.channel)
      .bind(cseq)
      .bind(to_ms(now))
      .bind(alert.id)
      .bind(alert.source)
      .bind(alert.body)
      .run();
  if (db.changes() == 0) return std::nullopt;
  db.query("UPDATE meta SET value = ? WHERE key = 'head'").bind(seq).run();
  db.query("INSERT INTO channels VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET head = excluded.head")
      .bind(alert.channel)
      .bind(cseq)
      .run();
  return stored;
}

/// False when the log or the held ones have its id already.
bool hold_alert(Database& db, const NewAlert& alert) {
  db.query(
        "INSERT INTO held(channel, id, source, body) SELECT ?1, ?2, ?3, ?4 "
        "WHERE NOT EXISTS (SELECT 1 FROM alerts WHERE id = ?2) ON CONFLICT(id) DO NOTHING")
      .bind(alert.channel)
      .bind(alert.id)
      .bind(alert.source)
      .bind(alert.body)
      .run();
  return db.changes() > 0;
}

void count_silent(Database& db, const SuppressedMatch& one) {
  db.query(
        "INSERT INTO silent(channel, muted, below) VALUES (?1, ?2, ?3) ON CONFLICT(channel) DO UPDATE SET "
        "muted = muted + excluded.muted, below = below + excluded.below")
      .bind(one.channel)
      .bind(std::int64_t{one.muted})
      .bind(std::int64_t{!one.muted})
      .run();
}

/// The oldest held alerts of a channel go to the log, in the order in which they came.
void release_held(Database& db, const std::string& channel, Time now, Committed& out) {
  std::vector<std::pair<std::int64_t, NewAlert>> rows;
  {
    Query query = db.query("SELECT n, id, source, body FROM held WHERE channel = ? ORDER BY n LIMIT ?");
    query.bind(channel).bind(static_cast<std::int64_t>(kReleaseAtOnce));
    while (query.step()) rows.push_back({query.number(0), {channel, query.id(1), query.text(2), query.text(3)}});
  }
  for (const auto& [n, alert] : rows) {
    if (auto written = write_alert(db, alert, now)) out.alerts.push_back(std::move(*written));
    db.query("DELETE FROM held WHERE n = ?").bind(n).run();
  }
  out.released += rows.size();
}

void write_source(Database& db, const SourceState& state) {
  db.query(
        "INSERT OR REPLACE INTO sources(id, cursor, next_due, last_ok, failures, state, reason, interval_ms, "
        "items_seen, "
        "alerts, since, polls, not_modified, failed, listed, moved_from, moved_to, moved_seen, pace_ms, skip_hours, "
        "skip_days, gap_ms) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
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
      .run();
}

void write_validators(Database& db, const Validators& validators) {
  if (validators.etag.empty() && validators.last_modified.empty()) {
    db.query("DELETE FROM validators WHERE url = ?").bind(validators.url).run();
    return;
  }
  db.query("INSERT OR REPLACE INTO validators(url, etag, last_modified, answered_by) VALUES (?,?,?,?)")
      .bind(validators.url)
      .bind(validators.etag)
      .bind(validators.last_modified)
      .bind(validators.answered_by)
      .run();
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

// Rows of one transaction of the retention; a deleted article takes its words out of the index of searches.
constexpr int kArticlesAtOnce = 100;
constexpr int kAlertsAtOnce = 500;
// Rows that are looked at for the next alerts to be deleted.
constexpr int kAlertsLookedAt = 20'000;
// A time further ahead comes from a clock that was wrong.
constexpr Milliseconds kAhead = std::chrono::hours{24};

/// What a clock that was ahead has stored would be kept too long, and its revisions not be seen. True: there is more.
bool date_back_articles(Database& db, Time now) {
  db.query(
        "UPDATE articles SET seen = ?1, first_seen = min(first_seen, ?1) WHERE id IN "
        "(SELECT id FROM articles WHERE seen > ?2 ORDER BY seen LIMIT ?3)")
      .bind(to_ms(now))
      .bind(to_ms(now + kAhead))
      .bind(std::int64_t{kArticlesAtOnce})
      .run();
  return db.changes() == kArticlesAtOnce;
}

bool delete_articles(Database& db, Time before) {
  db.query("DELETE FROM articles WHERE id IN (SELECT id FROM articles WHERE seen < ? ORDER BY seen LIMIT ?)")
      .bind(to_ms(before))
      .bind(std::int64_t{kArticlesAtOnce})
      .run();
  return db.changes() == kArticlesAtOnce;
}

/// Everything before the oldest alert still kept: a clock that stepped must not make holes. An alert from a clock that
/// was ahead goes with the next one behind it.
bool delete_alerts(Database& db, Time before, Time now) {
  std::int64_t last = 0;
  int rows = 0;
  {
    int seen = 0;
    Query query = db.query("SELECT seq, time FROM alerts ORDER BY seq LIMIT ?");
    query.bind(std::int64_t{kAlertsLookedAt});
    while (rows < kAlertsAtOnce && query.step()) {
      ++seen;
      const Time time = from_ms(query.number(1));
      if (time > now + kAhead) continue;
      if (time >= before) break;
      last = query.number(0);
      rows = seen;
    }
  }
  if (rows == 0) return false;
  db.query("DELETE FROM alerts WHERE seq IN (SELECT seq FROM alerts WHERE seq <= ? ORDER BY seq LIMIT ?)")
      .bind(last)
      .bind(std::int64_t{kAlertsAtOnce})
      .run();
  return rows >= kAlertsAtOnce;
}

}  // namespace

std::string unfinished_key(std::string_view source, std::string_view item_id) {
  return "unfinished " + to_hex(derive_id({source, item_id}));
}

Committed write_batch(Database& db, const Batch& batch, Time now) {
  Committed out;
  for (const auto& item : batch.items) {
    if (item.portion == Portion::beginning) {
      begin_item(db, item);
    } else {
      write_article(db, item);
    }
    if (item.portion == Portion::last) end_item(db, item);
    for (const auto& alert : item.alerts) {
      if (alert.hold) {
        if (hold_alert(db, alert)) out.held.push_back(alert.channel);
      } else if (auto written = write_alert(db, alert, now)) {
        out.alerts.push_back(std::move(*written));
      }
    }
    for (const SuppressedMatch& one : item.silent) count_silent(db, one);
  }
  if (batch.release) release_held(db, *batch.release, now, out);
  if (batch.source_state) write_source(db, *batch.source_state);
  for (const auto& validators : batch.validators) write_validators(db, validators);
  if (batch.subscription) write_subscription(db, *batch.subscription);
  return out;
}

bool apply_retention(Database& db, const StoreSettings& settings, Time now) {
  bool more = date_back_articles(db, now);
  if (settings.retention_articles > Milliseconds::zero()) {
    more = delete_articles(db, now - settings.retention_articles) || more;
  }
  if (settings.retention_alerts > Milliseconds::zero()) {
    more = delete_alerts(db, now - settings.retention_alerts, now) || more;
  }
  return more;
}

}  // namespace pw::store
