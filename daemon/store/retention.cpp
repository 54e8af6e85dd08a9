#include "store/retention.hpp"

#include <algorithm>

namespace pw::store {

namespace {

using std::chrono::hours;

// Rows per transaction. Deleting an article also deletes its words from the search index; deleting an item, its keys.
constexpr std::int64_t kItemsAtOnce = 100;
constexpr std::int64_t kRowsAtOnce = 500;
// Rows examined per step to find alerts to delete.
constexpr std::int64_t kAlertsLookedAt = 20'000;
// Times further ahead were stored by a wrong clock.
constexpr Milliseconds kAhead = hours{24};

constexpr Milliseconds kRequestsKept = hours{30 * 24};    // since the last answer
constexpr Milliseconds kUnfinishedKept = hours{30 * 24};  // the source no longer lists it, or with other content
constexpr Milliseconds kItemsKept = hours{400 * 24};      // since it was last listed

/// Deletes or changes at most `limit` rows, selected by the two times. True if there may be more.
bool step(Database& db, const char* sql, Time first, Time second, std::int64_t limit) {
  db.query(sql).bind(to_ms(first)).bind(to_ms(second)).bind(limit).run();
  return db.changes() == limit;
}

/// Times stored while the clock was ahead would be kept too long, and would hide later revisions.
bool date_back(Database& db, Time now) {
  const Time ahead = now + kAhead;
  bool more = step(db,
                   "UPDATE articles SET seen = ?1 WHERE id IN "
                   "(SELECT id FROM articles WHERE seen > ?2 ORDER BY seen LIMIT ?3)",
                   now, ahead, kItemsAtOnce);
  more |= step(db,
               "UPDATE items SET seen = ?1, first_seen = min(first_seen, ?1) WHERE id IN "
               "(SELECT id FROM items WHERE seen > ?2 ORDER BY seen LIMIT ?3)",
               now, ahead, kItemsAtOnce);
  more |= step(db,
               "UPDATE requests SET checked = ?1 WHERE (source, request) IN "
               "(SELECT source, request FROM requests WHERE checked > ?2 ORDER BY checked LIMIT ?3)",
               now, ahead, kRowsAtOnce);
  more |=
      step(db, "UPDATE unfinished SET begun = ?1 WHERE key IN (SELECT key FROM unfinished WHERE begun > ?2 LIMIT ?3)",
           now, ahead, kRowsAtOnce);
  return more;
}

bool delete_rows(Database& db, const char* sql, Time before, std::int64_t limit) {
  db.query(sql).bind(to_ms(before)).bind(limit).run();
  return db.changes() == limit;
}

bool delete_articles(Database& db, Time before) {
  return delete_rows(db,
                     "DELETE FROM articles WHERE id IN (SELECT id FROM articles WHERE seen < ? ORDER BY seen LIMIT ?)",
                     before, kItemsAtOnce);
}

/// An item is kept as long as its article; otherwise its next revision would be numbered 1 again.
bool delete_items(Database& db, Time before) {
  return delete_rows(db,
                     "DELETE FROM items WHERE id IN (SELECT id FROM items i WHERE seen < ? AND NOT EXISTS "
                     "(SELECT 1 FROM articles a WHERE a.id = i.id) ORDER BY seen LIMIT ?)",
                     before, kItemsAtOnce);
}

bool delete_requests(Database& db, Time before) {
  return delete_rows(db,
                     "DELETE FROM requests WHERE (source, request) IN "
                     "(SELECT source, request FROM requests WHERE checked < ? ORDER BY checked LIMIT ?)",
                     before, kRowsAtOnce);
}

bool delete_unfinished(Database& db, Time before) {
  return delete_rows(db, "DELETE FROM unfinished WHERE key IN (SELECT key FROM unfinished WHERE begun < ? LIMIT ?)",
                     before, kRowsAtOnce);
}

/// Deletes only before the oldest alert that is kept, so that a clock step cannot leave gaps. Alerts from a clock that
/// was ahead are deleted together with the next one after them.
bool delete_alerts(Database& db, Time before, Time now) {
  std::int64_t last = 0;
  std::int64_t rows = 0;
  {
    std::int64_t seen = 0;
    Query query = db.query("SELECT seq, time FROM alerts ORDER BY seq LIMIT ?");
    query.bind(kAlertsLookedAt);
    while (rows < kRowsAtOnce && query.step()) {
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
      .bind(kRowsAtOnce)
      .run();
  return rows >= kRowsAtOnce;
}

}  // namespace

bool apply_retention(Database& db, const StoreSettings& settings, Time now) {
  bool more = date_back(db, now);
  if (settings.retention_articles > Milliseconds::zero()) {
    more |= delete_articles(db, now - settings.retention_articles);
    more |= delete_items(db, now - std::max(kItemsKept, settings.retention_articles));
  }
  if (settings.retention_alerts > Milliseconds::zero()) {
    more |= delete_alerts(db, now - settings.retention_alerts, now);
  }
  more |= delete_requests(db, now - kRequestsKept);
  more |= delete_unfinished(db, now - kUnfinishedKept);
  return more;
}

}  // namespace pw::store
