#include "store/log_reader.hpp"

#include "store/integrity_check.hpp"
#include "store/reader.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace pw::store {

namespace {

/// SQLite's integers are signed; no alert has a larger number.
std::int64_t to_column(std::uint64_t number) {
  constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
  return number > static_cast<std::uint64_t>(kMax) ? kMax : static_cast<std::int64_t>(number);
}

std::uint64_t unsigned_column(const Query& query, int index) { return static_cast<std::uint64_t>(query.number(index)); }

StoredAlert read_alert(const Query& query) {
  return {unsigned_column(query, 0),
          unsigned_column(query, 1),
          from_ms(query.number(2)),
          query.id(3),
          query.text(4),
          query.text(5),
          query.text(6)};
}

LogHead read_head(Database& db) {
  Query query = db.query(
      "SELECT (SELECT value FROM meta WHERE key = 'log_id'), (SELECT value FROM meta WHERE key = 'head'), "
      "(SELECT min(seq) FROM alerts)");
  query.step();
  LogHead head;
  head.log_id = query.id(0);
  head.head = unsigned_column(query, 1);
  head.first = query.number(2) > 0 ? unsigned_column(query, 2) : head.head + 1;
  return head;
}

LogSpan read_span(Database& db, std::string_view channel) {
  Query query =
      db.query("SELECT (SELECT head FROM channels WHERE name = ?1), (SELECT min(cseq) FROM alerts WHERE channel = ?1)");
  query.bind(channel).step();
  LogSpan span;
  span.head = unsigned_column(query, 0);
  span.first = query.number(1) > 0 ? unsigned_column(query, 1) : span.head + 1;
  return span;
}

std::optional<Id> read_id(Database& db, const std::optional<std::string>& channel, std::uint64_t number) {
  Query query = channel ? db.query("SELECT id FROM alerts WHERE cseq = ? AND channel = ?")
                        : db.query("SELECT id FROM alerts WHERE seq = ?");
  query.bind(to_column(number));
  if (channel) query.bind(*channel);
  if (!query.step()) return std::nullopt;
  return query.id(0);
}

/// The seq before the first alert not older than `since`, or the head if there is none.
std::uint64_t seq_before(Database& db, Time since, const LogHead& head) {
  {
    // Usually the oldest alert in the log is recent enough, and the index need not be scanned.
    Query oldest = db.query("SELECT time FROM alerts WHERE seq = ?");
    if (oldest.bind(to_column(head.first)).step() && oldest.number(0) >= to_ms(since)) return head.first - 1;
  }
  // Without the index, SQLite would scan the alerts themselves from the oldest on.
  Query query = db.query("SELECT min(+seq) FROM alerts INDEXED BY alerts_time WHERE time >= ?");
  query.bind(to_ms(since)).step();
  return query.number(0) > 0 ? unsigned_column(query, 0) - 1 : head.head;
}

/// Converts that seq to a number of the channel. Both numbers increase together, so a binary search finds it.
std::uint64_t cseq_before(Database& db, const std::string& channel, std::uint64_t seq, const LogSpan& span) {
  std::uint64_t low = span.first;
  std::uint64_t high = span.head + 1;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    Query query = db.query("SELECT seq FROM alerts WHERE channel = ? AND cseq = ?");
    if (query.bind(channel).bind(to_column(middle)).step() && unsigned_column(query, 0) > seq) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low - 1;
}

/// Adds alerts above `after` until the page is full.
void fill(Database& db, const std::optional<std::string>& channel, std::uint64_t after, std::size_t max_alerts,
          std::size_t max_bytes, LogPage& page) {
  Query query = channel ? db.query(
                              "SELECT seq, cseq, time, id, channel, source, body FROM alerts "
                              "WHERE cseq > ? AND channel = ? ORDER BY cseq")
                        : db.query(
                              "SELECT seq, cseq, time, id, channel, source, body FROM alerts "
                              "WHERE seq > ? ORDER BY seq");
  query.bind(to_column(after));
  if (channel) query.bind(*channel);
  std::size_t bytes = 0;
  while (query.step()) {
    StoredAlert alert = read_alert(query);
    bytes += alert.body.size();
    const bool fits = page.alerts.size() < max_alerts && bytes <= max_bytes;
    if (!page.alerts.empty() && !fits) {
      page.more = true;
      return;
    }
    page.alerts.push_back(std::move(alert));
  }
}

}  // namespace

LogReader::LogReader(const std::string& path, std::shared_ptr<const IntegrityCheck> check,
                     std::shared_ptr<Suspicion> suspicion)
    : reader_(std::make_unique<Reader>(path, std::move(suspicion))), check_(std::move(check)) {}

LogReader::~LogReader() = default;

template <class Work>
auto LogReader::read(const Work& work) -> Result<std::invoke_result_t<Work, Database&>> {
  if (check_ && !check_->passed_soon()) {
    return fail(Errc::busy, "the database is being checked, because the last stop was not clean");
  }
  return reader_->read(work);
}

Result<LogHead> LogReader::head() { return read(read_head); }

Result<LogSpan> LogReader::channel_span(std::string_view channel) {
  return read([&](Database& db) { return read_span(db, channel); });
}

Result<LogPage> LogReader::page(std::optional<std::string> channel, std::uint64_t after, std::optional<Time> since,
                                std::size_t max_alerts, std::size_t max_bytes) {
  return read([&](Database& db) {
    LogPage page;
    page.log = read_head(db);
    page.span = channel ? read_span(db, *channel) : LogSpan{page.log.first, page.log.head};
    if (after > 0) page.id_at_after = read_id(db, channel, after);
    std::uint64_t start = after;
    if (since) {
      const std::uint64_t seq = seq_before(db, *since, page.log);
      start = std::max(after, channel ? cseq_before(db, *channel, seq, page.span) : seq);
    }
    fill(db, channel, start, max_alerts, max_bytes, page);
    return page;
  });
}

}  // namespace pw::store
