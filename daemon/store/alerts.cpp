#include "store/alerts.hpp"

#include <cstdint>
#include <optional>
#include <utility>

namespace pw::store {

namespace {

std::uint64_t next_number(Query& query) { return query.step() ? static_cast<std::uint64_t>(query.number(0)) + 1 : 1; }

std::optional<StoredAlert> log_alert(Database& db, const NewAlert& alert, Time now) {
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

/// False if the log or the deferred alerts already contain its id.
bool defer_alert(Database& db, const NewAlert& alert) {
  db.query(
        "INSERT INTO deferred(channel, id, source, body) SELECT ?1, ?2, ?3, ?4 "
        "WHERE NOT EXISTS (SELECT 1 FROM alerts WHERE id = ?2) ON CONFLICT(id) DO NOTHING")
      .bind(alert.channel)
      .bind(alert.id)
      .bind(alert.source)
      .bind(alert.body)
      .run();
  return db.changes() > 0;
}

}  // namespace

void write_alert(Database& db, const NewAlert& alert, Time now, Committed& out) {
  if (alert.deferred) {
    if (defer_alert(db, alert)) out.deferred.push_back(alert.channel);
  } else if (auto written = log_alert(db, alert, now)) {
    out.alerts.push_back(std::move(*written));
  }
}

void count_suppressed(Database& db, const SuppressedMatch& one) {
  db.query(
        "INSERT INTO suppressed(channel, muted, below_threshold) VALUES (?1, ?2, ?3) ON CONFLICT(channel) "
        "DO UPDATE SET muted = muted + excluded.muted, below_threshold = below_threshold + excluded.below_threshold")
      .bind(one.watchlist)
      .bind(std::int64_t{one.muted})
      .bind(std::int64_t{!one.muted})
      .run();
}

void release_deferred(Database& db, const std::string& channel, Time now, Committed& out) {
  std::vector<std::pair<std::int64_t, NewAlert>> rows;
  {
    Query query = db.query("SELECT n, id, source, body FROM deferred WHERE channel = ? ORDER BY n LIMIT ?");
    query.bind(channel).bind(static_cast<std::int64_t>(kReleaseAtOnce));
    while (query.step()) rows.push_back({query.number(0), {channel, query.id(1), query.text(2), query.text(3)}});
  }
  for (const auto& [n, alert] : rows) {
    if (auto written = log_alert(db, alert, now)) out.alerts.push_back(std::move(*written));
    db.query("DELETE FROM deferred WHERE n = ?").bind(n).run();
  }
  out.released += rows.size();
}

std::vector<WatchlistCounts> load_watchlist_counts(Database& db) {
  std::vector<WatchlistCounts> out;
  Query query = db.query(
      "WITH names AS (SELECT name FROM channels UNION SELECT channel FROM deferred "
      "UNION SELECT channel FROM suppressed) "
      "SELECT n.name, coalesce(c.head, 0), coalesce(a.time, 0), "
      "(SELECT count(*) FROM deferred WHERE channel = n.name), "
      "coalesce(s.muted, 0), coalesce(s.below_threshold, 0) FROM names n LEFT JOIN channels c ON c.name = n.name "
      "LEFT JOIN alerts a ON a.channel = n.name AND a.cseq = c.head LEFT JOIN suppressed s ON s.channel = n.name");
  const auto count = [&](int column) { return static_cast<std::uint64_t>(query.number(column)); };
  while (query.step()) out.push_back({query.text(0), count(1), from_ms(query.number(2)), count(3), count(4), count(5)});
  return out;
}

}  // namespace pw::store
