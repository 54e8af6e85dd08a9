#include "store/reader.hpp"

#include "core/text.hpp"
#include "store/writer.hpp"

#include <spdlog/spdlog.h>

namespace pw::store {

namespace {

/// Every word as an FTS5 string, so that no character of the user's is an operator.
std::string fts_query(std::string_view text) {
  std::string query;
  std::string word;
  const auto flush = [&] {
    if (!word.empty()) query += fmt::format("{}\"{}\"", query.empty() ? "" : " ", word);
    word.clear();
  };
  for (const char c : text) {
    if (is_ascii_space(c) || c == '"' || c == '\0') {
      flush();
    } else {
      word += c;
    }
  }
  flush();
  return query;
}

}  // namespace

template <class Value, class Work>
Value Reader::read(const Work& work) {
  const MutexLock lock(mutex_);
  try {
    return work(db_);
  } catch (const DbError& error) {
    spdlog::error("store: {}", to_error(error).message);
    return Value{};
  }
}

std::optional<KnownItem> Reader::find_item(std::string_view source, std::string_view item_id) {
  return read<std::optional<KnownItem>>([&](Database& db) -> std::optional<KnownItem> {
    Query query =
        db.query("SELECT content, url_key, first_seen, revision FROM articles WHERE source = ? AND item_id = ?");
    if (!query.bind(source).bind(item_id).step()) return std::nullopt;
    return KnownItem{query.id(0), query.text(1), from_ms(query.number(2)), static_cast<std::uint32_t>(query.number(3))};
  });
}

bool Reader::known_url(std::string_view url_key) {
  return read<bool>(
      [&](Database& db) { return db.query("SELECT 1 FROM articles WHERE url_key = ?").bind(url_key).step(); });
}

std::optional<Id> Reader::unfinished_story(std::string_view source, std::string_view item_id) {
  return read<std::optional<Id>>([&](Database& db) -> std::optional<Id> {
    Query query = db.query("SELECT value FROM meta WHERE key = ?");
    if (!query.bind(unfinished_key(source, item_id)).step()) return std::nullopt;
    return query.id(0);
  });
}

std::vector<SourceState> Reader::load_sources() {
  return read<std::vector<SourceState>>([&](Database& db) {
    std::vector<SourceState> sources;
    Query query = db.query(
        "SELECT id, cursor, next_due, last_ok, failures, state, reason, interval_ms, items_seen, alerts, since, polls, "
        "not_modified, failed, listed, moved_from, moved_to, moved_seen, pace_ms, skip_hours, skip_days, gap_ms "
        "FROM sources");
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
      sources.push_back(std::move(state));
    }
    return sources;
  });
}

std::optional<Validators> Reader::load_validators(std::string_view url) {
  return read<std::optional<Validators>>([&](Database& db) -> std::optional<Validators> {
    Query query = db.query("SELECT url, etag, last_modified, answered_by FROM validators WHERE url = ?");
    if (!query.bind(url).step()) return std::nullopt;
    return Validators{query.text(0), query.text(1), query.text(2), query.text(3)};
  });
}

std::vector<Subscription> Reader::load_subscriptions() {
  return read<std::vector<Subscription>>([&](Database& db) {
    std::vector<Subscription> out;
    Query query = db.query("SELECT source, topic, hub, token, secret, until FROM subscriptions");
    while (query.step()) {
      out.push_back(
          {query.text(0), query.text(1), query.text(2), query.text(3), query.text(4), from_ms(query.number(5))});
    }
    return out;
  });
}

std::vector<ChannelCounts> Reader::load_channels() {
  return read<std::vector<ChannelCounts>>([&](Database& db) {
    std::vector<ChannelCounts> out;
    Query query = db.query(
        "WITH names AS (SELECT name FROM channels UNION SELECT channel FROM held UNION SELECT channel FROM silent) "
        "SELECT n.name, coalesce(c.head, 0), coalesce(a.time, 0), (SELECT count(*) FROM held WHERE channel = n.name), "
        "coalesce(s.muted, 0), coalesce(s.below, 0) FROM names n LEFT JOIN channels c ON c.name = n.name "
        "LEFT JOIN alerts a ON a.channel = n.name AND a.cseq = c.head LEFT JOIN silent s ON s.channel = n.name");
    const auto count = [&](int column) { return static_cast<std::uint64_t>(query.number(column)); };
    while (query.step())
      out.push_back({query.text(0), count(1), from_ms(query.number(2)), count(3), count(4), count(5)});
    return out;
  });
}

void Reader::visit_articles(Time since, std::size_t limit, const std::function<void(const StoryArticle&)>& visit) {
  read<bool>([&](Database& db) {
    Query query = db.query(
        "SELECT story, title, text, language, seen FROM articles WHERE id IN "
        "(SELECT id FROM articles WHERE seen >= ? ORDER BY seen DESC LIMIT ?) ORDER BY seen");
    query.bind(to_ms(since)).bind(static_cast<std::int64_t>(limit));
    while (query.step()) {
      visit({query.id(0), query.text(1), query.text(2), query.text(3), from_ms(query.number(4))});
    }
    return true;
  });
}

std::vector<SearchHit> Reader::search(std::string_view text, std::size_t limit) {
  const std::string words = fts_query(text);
  if (words.empty()) return {};
  return read<std::vector<SearchHit>>([&](Database& db) {
    std::vector<SearchHit> hits;
    Query query = db.query(
        "SELECT a.source, a.item_id, a.url, a.title, snippet(articles_text, -1, '', '', '…', 24), a.seen "
        "FROM articles_text JOIN articles a ON a.id = articles_text.rowid WHERE articles_text MATCH ? "
        "ORDER BY a.seen DESC LIMIT ?");
    query.bind(words).bind(static_cast<std::int64_t>(limit));
    while (query.step()) {
      hits.push_back(
          {query.text(0), query.text(1), query.text(2), query.text(3), query.text(4), from_ms(query.number(5))});
    }
    return hits;
  });
}

Counts Reader::counts() {
  return read<Counts>([&](Database& db) {
    Query query = db.query(
        "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM alerts), (SELECT count(*) FROM sources), "
        "(SELECT value FROM meta WHERE key = 'head')");
    query.step();
    const auto column = [&](int index) { return static_cast<std::uint64_t>(query.number(index)); };
    return Counts{column(0), column(1), column(2), column(3)};
  });
}

std::uint64_t Reader::published_seq() {
  return read<std::uint64_t>([&](Database& db) -> std::uint64_t {
    Query query = db.query("SELECT value FROM meta WHERE key = 'published'");
    return query.step() ? static_cast<std::uint64_t>(query.number(0)) : 0;
  });
}

Id Reader::log_id() {
  return read<Id>([&](Database& db) {
    Query query = db.query("SELECT value FROM meta WHERE key = 'log_id'");
    return query.step() ? query.id(0) : Id{};
  });
}

/// A clock that was ahead leaves times behind that are to come, so that the saved time counts; what was stored within
/// the hour after it is as good.
std::optional<Time> Reader::last_run() {
  return read<std::optional<Time>>([&](Database& db) -> std::optional<Time> {
    Query query = db.query(
        "SELECT (SELECT value FROM meta WHERE key = 'clock'), "
        "max(coalesce((SELECT max(seen) FROM articles), 0), coalesce((SELECT max(time) FROM alerts), 0))");
    query.step();
    const Time saved = from_ms(query.number(0));
    const Time newest = from_ms(query.number(1));
    if (saved == Time{} && newest == Time{}) return std::nullopt;
    const bool later = newest > saved && newest - saved <= std::chrono::hours{1};
    return saved == Time{} || later ? newest : saved;
  });
}

}  // namespace pw::store
