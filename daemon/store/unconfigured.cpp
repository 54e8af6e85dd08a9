#include "store/unconfigured.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace pw::store {

namespace {

using std::chrono::hours;

constexpr Milliseconds kKept = hours{7 * 24};
constexpr hours kTurnEvery{1};
constexpr int kLookedAtOnce = 500;
constexpr int kSettledAtOnce = 50;
constexpr std::int64_t kRowsAtOnce = 500;

constexpr const char* kSource = "source";
constexpr const char* kWatchlist = "watchlist";

struct Table {
  const char* kind;
  const char* next;  ///< selects the first id after a given one
};

constexpr std::array<Table, 5> kTables{{
    {kSource, "SELECT min(id) FROM sources WHERE id > ?"},
    {kSource, "SELECT min(source) FROM subscriptions WHERE source > ?"},
    {kSource, "SELECT min(source) FROM requests WHERE source > ?"},
    {kWatchlist, "SELECT min(name) FROM channels WHERE name > ?"},
    {kWatchlist, "SELECT min(channel) FROM suppressed WHERE channel > ?"},
}};

std::optional<std::string> next_id(Database& db, const Table& table, const std::string& after) {
  Query query = db.query(table.next);
  std::string id = query.bind(after).step() ? query.text(0) : "";
  return id.empty() ? std::nullopt : std::optional(std::move(id));
}

bool exists(Database& db, const char* sql, const std::string& id) { return db.query(sql).bind(id).step(); }

struct Missing {
  std::string kind;
  std::string id;
  Time since;
};

std::optional<Missing> next_missing(Database& db, const std::string& kind, const std::string& id) {
  Query query =
      db.query("SELECT kind, id, since FROM unconfigured WHERE (kind, id) > (?, ?) ORDER BY kind, id LIMIT 1");
  if (!query.bind(kind).bind(id).step()) return std::nullopt;
  return Missing{query.text(0), query.text(1), from_ms(query.number(2))};
}

/// What remains of an id after a deletion step.
enum class Left {
  nothing,
  more,   ///< more rows to delete
  needed  ///< kept while there are alerts
};

Left delete_source(Database& db, const std::string& id) {
  db.query("DELETE FROM sources WHERE id = ?").bind(id).run();
  db.query("DELETE FROM subscriptions WHERE source = ?").bind(id).run();
  db.query(
        "DELETE FROM requests WHERE source = ?1 AND request IN "
        "(SELECT request FROM requests WHERE source = ?1 LIMIT ?2)")
      .bind(id)
      .bind(kRowsAtOnce)
      .run();
  return db.changes() < kRowsAtOnce ? Left::nothing : Left::more;
}

Left delete_watchlist(Database& db, const std::string& id) {
  if (exists(db, "SELECT 1 FROM deferred WHERE channel = ? LIMIT 1", id)) return Left::needed;
  db.query("DELETE FROM suppressed WHERE channel = ?").bind(id).run();
  if (exists(db, "SELECT 1 FROM alerts WHERE channel = ? LIMIT 1", id)) return Left::needed;
  db.query("DELETE FROM channels WHERE name = ?").bind(id).run();
  return Left::nothing;
}

void forget(Database& db, const std::string& kind, const std::string& id) {
  db.query("DELETE FROM unconfigured WHERE kind = ? AND id = ?").bind(kind).bind(id).run();
}

}  // namespace

void UnconfiguredRows::keep_only(std::vector<std::string> sources, std::vector<std::string> watchlists) {
  const MutexLock lock(mutex_);
  news_ = Configured{std::move(sources), std::move(watchlists)};
}

bool UnconfiguredRows::step(Database& db, Time now, Instant steady) {
  if (!begin_turn(steady)) return false;
  db.execute("BEGIN IMMEDIATE");
  try {
    do_step(db, now);
    db.execute("COMMIT");
  } catch (...) {
    // What was recorded is recorded again in the next pass.
    under_way_ = false;
    if (db.in_transaction()) db.execute("ROLLBACK");
    throw;
  }
  return under_way_;
}

/// False if there is nothing to do.
bool UnconfiguredRows::begin_turn(Instant steady) {
  std::optional<Configured> news;
  {
    const MutexLock lock(mutex_);
    news.swap(news_);
  }
  if (news) {
    std::ranges::sort(news->sources);
    std::ranges::sort(news->watchlists);
    configured_ = std::move(news);
  } else if (under_way_) {
    return true;
  } else if (!configured_ || steady < next_turn_) {
    return false;
  }
  under_way_ = true;
  next_turn_ = steady + kTurnEvery;
  table_ = 0;
  kind_.clear();
  id_.clear();
  return true;
}

void UnconfiguredRows::do_step(Database& db, Time now) {
  const bool finished = table_ < kTables.size() ? note_missing(db, now) : settle(db, now);
  if (!finished) return;
  kind_.clear();
  id_.clear();
  under_way_ = ++table_ <= kTables.size();
}

bool UnconfiguredRows::is_configured(const std::string& kind, const std::string& id) const {
  return std::ranges::binary_search(kind == kSource ? configured_->sources : configured_->watchlists, id);
}

/// True at the end of the table.
bool UnconfiguredRows::note_missing(Database& db, Time now) {
  const Table& table = kTables[table_];
  for (int i = 0; i < kLookedAtOnce; ++i) {
    auto next = next_id(db, table, id_);
    if (!next) return true;
    id_ = std::move(*next);
    if (is_configured(table.kind, id_)) continue;
    db.query("INSERT INTO unconfigured(kind, id, since) VALUES (?,?,?) ON CONFLICT DO NOTHING")
        .bind(table.kind)
        .bind(id_)
        .bind(to_ms(now))
        .run();
  }
  return false;
}

/// Deletes ids that have been missing long enough and removes records of ids that are configured again. True at the
/// end.
bool UnconfiguredRows::settle(Database& db, Time now) {
  for (int i = 0; i < kSettledAtOnce; ++i) {
    const auto next = next_missing(db, kind_, id_);
    if (!next) return true;
    const auto& [kind, id, since] = *next;
    if (is_configured(kind, id)) {
      forget(db, kind, id);
    } else if (since > now) {
      // Recorded while the clock was ahead.
      db.query("UPDATE unconfigured SET since = ? WHERE kind = ? AND id = ?")
          .bind(to_ms(now))
          .bind(kind)
          .bind(id)
          .run();
    } else if (now - since >= kKept) {
      const Left left = kind == kSource ? delete_source(db, id) : delete_watchlist(db, id);
      if (left == Left::more) return false;
      if (left == Left::nothing) forget(db, kind, id);
    }
    kind_ = kind;
    id_ = id;
  }
  return false;
}

}  // namespace pw::store
