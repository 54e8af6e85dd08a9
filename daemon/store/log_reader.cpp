#include "store/log_reader.hpp"

#include "store/database.hpp"

#include <limits>
#include <mutex>

namespace pw::store {

namespace {

/// SQLite's integers are signed; no alert has a number beyond that.
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

/// Ends the read transaction however the reading ends.
class Snapshot {
 public:
  explicit Snapshot(Database& db) : db_(db) { db_.execute("BEGIN"); }
  ~Snapshot() {
    try {
      if (db_.in_transaction()) db_.execute("COMMIT");
    } catch (const DbError&) {
      // Nothing was written; the next BEGIN reports a connection that is still broken.
    }
  }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  Database& db_;
};

}  // namespace

class LogReader::Impl {
 public:
  explicit Impl(const std::string& path) : db_(path, Access::read_only) {}

  template <class Value, class Work>
  Result<Value> read(const Work& work) {
    const std::lock_guard guard(mutex_);
    try {
      const Snapshot snapshot(db_);
      return work(db_);
    } catch (const DbError& error) {
      return to_error(error);
    }
  }

 private:
  std::mutex mutex_;
  Database db_;
};

LogReader::LogReader(const std::string& path) {
  try {
    impl_ = std::make_unique<Impl>(path);
  } catch (const DbError& error) {
    throw std::runtime_error(fmt::format("{}: {}", path, to_error(error).message));
  }
}

LogReader::~LogReader() = default;

Result<LogHead> LogReader::head() {
  return impl_->read<LogHead>([](Database& db) {
    LogHead head;
    {
      Query query = db.query(
          "SELECT (SELECT value FROM meta WHERE key = 'log_id'), (SELECT value FROM meta WHERE key = 'head'), "
          "(SELECT min(seq) FROM alerts)");
      query.step();
      head.log_id = query.id(0);
      head.head = unsigned_column(query, 1);
      head.first = query.number(2) > 0 ? unsigned_column(query, 2) : head.head + 1;
    }
    Query query = db.query("SELECT name, head FROM channels ORDER BY name");
    while (query.step()) head.heads.emplace_back(query.text(0), unsigned_column(query, 1));
    return head;
  });
}

Result<LogPage> LogReader::page(std::optional<std::string> channel, std::uint64_t after, std::optional<Time> since,
                                std::size_t max_alerts, std::size_t max_bytes) {
  return impl_->read<LogPage>([&](Database& db) {
    LogPage page;
    std::size_t bytes = 0;
    Query query = channel ? db.query(
                                "SELECT seq, cseq, time, id, channel, source, body FROM alerts "
                                "WHERE channel = ?3 AND cseq > ?1 AND time >= ?2 ORDER BY cseq")
                          : db.query(
                                "SELECT seq, cseq, time, id, channel, source, body FROM alerts "
                                "WHERE seq > ?1 AND time >= ?2 ORDER BY seq");
    query.bind(to_column(after)).bind(since ? to_ms(*since) : std::numeric_limits<std::int64_t>::min());
    if (channel) query.bind(*channel);
    while (query.step()) {
      StoredAlert alert = read_alert(query);
      bytes += alert.body.size();
      const bool fits = page.alerts.size() < max_alerts && bytes <= max_bytes;
      if (!page.alerts.empty() && !fits) {
        page.more = true;
        break;
      }
      page.alerts.push_back(std::move(alert));
    }
    return page;
  });
}

Result<std::optional<Id>> LogReader::id_at(std::optional<std::string> channel, std::uint64_t n) {
  return impl_->read<std::optional<Id>>([&](Database& db) -> std::optional<Id> {
    Query query = channel ? db.query("SELECT id FROM alerts WHERE cseq = ? AND channel = ?")
                          : db.query("SELECT id FROM alerts WHERE seq = ?");
    query.bind(to_column(n));
    if (channel) query.bind(*channel);
    if (!query.step()) return std::nullopt;
    return query.id(0);
  });
}

}  // namespace pw::store
