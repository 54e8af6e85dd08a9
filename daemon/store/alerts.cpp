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

/// False if the log or the held alerts already contain its id.
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

}  // namespace

void write_alert(Database& db, const NewAlert& alert, Time now, Committed& out) {
  if (alert.hold) {
    if (hold_alert(db, alert)) out.held.push_back(alert.channel);
  } else if (auto written = log_alert(db, alert, now)) {
    out.alerts.push_back(std::move(*written));
  }
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

void release_held(Database& db, const std::string& channel, Time now, Committed& out) {
  std::vector<std::pair<std::int64_t, NewAlert>> rows;
  {
    Query query = db.query("SELECT n, id, source, body FROM held WHERE channel = ? ORDER BY n LIMIT ?");
    query.bind(channel).bind(static_cast<std::int64_t>(kReleaseAtOnce));
    while (query.step()) rows.push_back({query.number(0), {channel, query.id(1), query.text(2), query.text(3)}});
  }
  for (const auto& [n, alert] : rows) {
    if (auto written = log_alert(db, alert, now)) out.alerts.push_back(std::move(*written));
    db.query("DELETE FROM held WHERE n = ?").bind(n).run();
  }
  out.released += rows.size();
}

std::vector<ChannelCounts> load_channels(Database& db) {
  std::vector<ChannelCounts> out;
  Query query = db.query(
      "WITH names AS (SELECT name FROM channels UNION SELECT channel FROM held UNION SELECT channel FROM silent) "
      "SELECT n.name, coalesce(c.head, 0), coalesce(a.time, 0), (SELECT count(*) FROM held WHERE channel = n.name), "
      "coalesce(s.muted, 0), coalesce(s.below, 0) FROM names n LEFT JOIN channels c ON c.name = n.name "
      "LEFT JOIN alerts a ON a.channel = n.name AND a.cseq = c.head LEFT JOIN silent s ON s.channel = n.name");
  const auto count = [&](int column) { return static_cast<std::uint64_t>(query.number(column)); };
  while (query.step()) out.push_back({query.text(0), count(1), from_ms(query.number(2)), count(3), count(4), count(5)});
  return out;
}

}  // namespace pw::store
