#pragma once
/// The database of the daemon: articles, source state and the alert log in one SQLite file in WAL mode.

#include "core/article.hpp"
#include "core/clock_check.hpp"
#include "core/id.hpp"
#include "core/log_source.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pw::store {

/// What a conditional request needs (RFC 9110 section 8.8), byte for byte. Saved with both validators empty, those of
/// the URL are forgotten.
struct Validators {
  std::string url;  ///< that was asked for
  std::string etag;
  std::string last_modified;
  std::string answered_by{};  ///< the URL that the validators are of, after redirects; empty: `url`

  friend bool operator==(const Validators&, const Validators&) = default;
};

/// What a source must remember over a restart.
struct SourceState {
  std::string id;
  std::string cursor;  ///< the plugin's own; opaque
  Time next_due{};
  Time last_ok{};
  int failures = 0;          ///< in a row
  std::string state = "ok";  ///< "ok", "failing", …
  std::string reason;        ///< of the state, for people
  std::int64_t interval_ms = 0;
  std::uint64_t items_seen = 0;
  std::uint64_t alerts = 0;
  Time since{};  ///< when `state` began
  std::uint64_t polls = 0;
  std::uint64_t not_modified = 0;  ///< polls answered by 304
  std::uint64_t failed = 0;        ///< polls that ended with an error
  std::uint64_t listed = 0;        ///< entries that the last good answer held
  std::string moved_from{};        ///< a URL that redirects permanently …
  std::string moved_to{};          ///< … to this one
  int moved_seen = 0;              ///< at so many polls in a row
  std::int64_t pace_ms = 0;        ///< the source's own wish: not more often than this
  unsigned skip_hours = 0;         ///< bit h: not in hour h UTC
  unsigned skip_days = 0;          ///< bit d: not on day d, Sunday is 0
  std::int64_t gap_ms = 0;         ///< median time between its items; 0: not known

  friend bool operator==(const SourceState&, const SourceState&) = default;
};

/// A WebSub subscription (W3C Recommendation of 2018).
struct Subscription {
  std::string source;
  std::string topic;   ///< the feed's own URL, as it names it
  std::string hub;     ///< as the feed names it
  std::string token;   ///< last segment of the callback's path; nobody else knows it
  std::string secret;  ///< for the signatures of deliveries
  Time until{};        ///< end of the lease; Time{}: not confirmed yet

  friend bool operator==(const Subscription&, const Subscription&) = default;
};

/// An alert to be numbered and logged. An id that the log holds already makes no second alert.
struct NewAlert {
  std::string channel;
  Id id;
  std::string source;
  std::string body;   ///< JSON
  bool hold = false;  ///< kept back without a number, until its channel is released
};

/// Matches that raise no alert are counted.
struct SuppressedMatch {
  std::string channel;
  bool muted = false;  ///< else: below the watchlist's thresholds
};

/// How much of an item a batch brings. One with many alerts comes in several, the next of which is made when the one
/// before it is committed; it counts as processed, and is known to find_item, with its last.
enum class Portion : std::uint8_t {
  whole,
  beginning,  ///< alerts, and the story that the other portions must have too
  last,       ///< of several, be they of a daemon that ended in between
};

struct NewItem {
  std::string source;
  std::string item_id;  ///< the source's name for it
  std::string url_key;  ///< the URL in the form in which equal pages are equal
  Id content;           ///< hash of title and text
  Article article;
  Time seen{};
  Id story;
  std::vector<NewAlert> alerts;
  std::vector<SuppressedMatch> silent;
  Portion portion = Portion::whole;
};

/// Everything of a batch is committed together or not at all: a cursor is saved with what its poll emitted.
struct Batch {
  std::vector<NewItem> items;
  std::optional<SourceState> source_state;
  std::vector<Validators> validators;
  std::optional<Subscription> subscription;  ///< replaces that of its source
  std::optional<std::string> release;        ///< a channel whose oldest held alerts, kReleaseAtOnce of them, are logged
};

inline constexpr std::size_t kReleaseAtOnce = 100;

struct Committed {
  std::vector<StoredAlert> alerts;  ///< those that were new, in order of seq
  std::vector<std::string> held;    ///< the channel of each alert that is newly held
  std::size_t released = 0;         ///< held alerts that are held no more
};

/// What has become of a channel's matches since the database was made.
struct ChannelCounts {
  std::string channel;
  std::uint64_t alerts = 0;  ///< its newest cseq
  Time last{};               ///< of the newest alert that is kept; Time{}: none
  std::uint64_t held = 0;    ///< now
  std::uint64_t muted = 0;
  std::uint64_t below = 0;  ///< its thresholds

  friend bool operator==(const ChannelCounts&, const ChannelCounts&) = default;
};

struct KnownItem {
  Id content;
  std::string url_key;
  Time first_seen{};
  std::uint32_t revision = 1;  ///< counts contents of the same (source, item_id)
};

/// What is needed to recognise the story of an article again.
struct StoryArticle {
  Id story;
  std::string title;
  std::string text;
  std::string language;
  Time seen{};
};

struct SearchHit {
  std::string source;
  std::string item_id;
  std::string url;
  std::string title;
  std::string snippet;
  Time seen{};
};

struct Counts {
  std::uint64_t articles = 0;
  std::uint64_t alerts = 0;
  std::uint64_t sources = 0;
  std::uint64_t head = 0;
};

struct StoreSettings {
  std::string path;
  Milliseconds retention_articles{};                   ///< 0: kept for ever
  Milliseconds retention_alerts{};                     ///< 0: kept for ever
  std::size_t queue_capacity = 1024;                   ///< batches
  std::uintmax_t max_wal = std::uintmax_t{16} << 20U;  ///< bytes of the write-ahead log above which it is emptied
};

/// Owns the file, which nobody but its owner may read, one writer thread and one connection for reading. Every member
/// may be called from any thread.
class Store {
 public:
  /// Called on the store thread, in order of seq, after the commit has reached the disk.
  using OnCommitted = std::function<void(std::vector<StoredAlert>)>;
  /// Called once, on the store thread; on the caller's when the queue is full (Errc::busy) or closed (Errc::cancelled).
  using Done = std::function<void(Result<Committed>)>;
  /// Called once, on the store thread, when it ends for another reason than close(), with a message for people. What is
  /// queued then fails with Errc::cancelled.
  using OnFailed = std::function<void(const std::string&)>;

  /// Opens or makes the database and brings it to the current schema. Throws std::runtime_error, saying what to do,
  /// when the file is locked by another daemon, read-only, damaged, or of a newer presswatch.
  /// `clock` must outlive the store.
  Store(StoreSettings settings, const Clock& clock, OnCommitted on_committed, OnFailed on_failed = {});
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  /// Never waits for the disk. What is queued together shares a transaction (at most 100 alerts or 5 ms); a batch
  /// that fails leaves no trace, its neighbours go on.
  void submit(Batch batch, Done done);

  /// Reads see what is committed. A failed disk gives "nothing known", logged.
  [[nodiscard]] std::optional<KnownItem> find_item(std::string_view source, std::string_view item_id);
  [[nodiscard]] bool known_url(std::string_view url_key);
  /// The story of an item of which portions are committed, but not the last.
  [[nodiscard]] std::optional<Id> unfinished_story(std::string_view source, std::string_view item_id);
  [[nodiscard]] std::vector<SourceState> load_sources();
  [[nodiscard]] std::optional<Validators> load_validators(std::string_view url);
  /// The newest `limit` articles since then, oldest first. No other read is served while `visit` runs.
  void visit_articles(Time since, std::size_t limit, const std::function<void(const StoryArticle&)>& visit);
  [[nodiscard]] std::vector<Subscription> load_subscriptions();
  [[nodiscard]] std::vector<ChannelCounts> load_channels();
  /// Articles that hold all words of `text`, newest first.
  [[nodiscard]] std::vector<SearchHit> search(std::string_view text, std::size_t limit);
  [[nodiscard]] Counts counts();

  /// The seq up to which alerts went out on the bus. set_published queues a write; a lost one costs only a repeat.
  [[nodiscard]] std::uint64_t published_seq();
  void set_published(std::uint64_t seq);
  [[nodiscard]] Id log_id() const;

  /// Knows when the wall clock was last right, over restarts too.
  [[nodiscard]] ClockCheck& clock_check();
  /// Is anything deleted when it is old?
  [[nodiscard]] bool forgets() const;

  /// Commits what is queued, ends the thread and marks a clean stop. Later submits fail with Errc::cancelled.
  void close();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pw::store
