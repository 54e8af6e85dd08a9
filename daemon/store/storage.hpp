#pragma once
/// The store as the pipeline sees it: values, and an interface implemented by the database and by an in-memory fake.

#include "core/article.hpp"
#include "core/clock_check.hpp"
#include "core/id.hpp"
#include "core/log_source.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "store/damaged_error.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pw::store {

/// The stored state of one request of a source: its validators (RFC 9110, section 8.8), byte for byte, and the
/// follow-up requests of its last full answer.
struct RequestState {
  Id request;        ///< hash of its URL and headers, as returned by the plugin
  std::string etag;  ///< empty, like `last_modified`, if the answer had none or could not be used
  std::string last_modified;
  std::string answered_by;  ///< the URL to which the validators belong, after redirects
  std::string follow_ups;   ///< the follow-up requests of its last full answer; opaque to the store
  Time checked{};           ///< when it was last answered

  friend bool operator==(const RequestState&, const RequestState&) = default;
};

/// Maximum number of requests loaded per source: a URL that contains the time creates another one at each poll.
inline constexpr std::size_t kRequestsAtMost = 10'000;

/// The requests of one source as configured. Saving them deletes those made with other options.
struct SourceRequests {
  std::string source;
  Id options;  ///< hash of the plugin and its configured options
  std::vector<RequestState> changed;
};

/// The state of a source that survives a restart.
struct SourceState {
  std::string id;
  std::string cursor;  ///< opaque; defined by the plugin
  Time next_due{};
  Time last_ok{};
  int failures = 0;          ///< consecutive
  std::string state = "ok";  ///< "ok", "failing", …
  std::string reason;        ///< reason for `state`, for people
  std::int64_t interval_ms = 0;
  std::uint64_t items_seen = 0;
  std::uint64_t alerts = 0;
  Time since{};  ///< when `state` began
  std::uint64_t polls = 0;
  std::uint64_t not_modified = 0;  ///< polls answered by 304
  std::uint64_t failed = 0;        ///< polls that ended with an error
  std::uint64_t listed = 0;        ///< entries in the last good answer
  std::string moved_from{};        ///< a URL that redirects permanently …
  std::string moved_to{};          ///< … to this one
  int moved_seen = 0;              ///< consecutive polls that saw this redirect
  std::int64_t pace_ms = 0;        ///< minimum interval stated by the source
  unsigned skip_hours = 0;         ///< bit h: skip hour h UTC
  unsigned skip_days = 0;          ///< bit d: skip day d; Sunday is 0
  std::int64_t gap_ms = 0;         ///< median time between its items; 0: unknown
  unsigned idle_visits = 0;        ///< consecutive visits to pages said to be modified that were not
  Time last_item{};                ///< when it last brought something new; Time{}: never
  std::string rhythm{};            ///< bytes; defined by schedule::Rhythm

  friend bool operator==(const SourceState&, const SourceState&) = default;
};

/// A WebSub subscription (W3C Recommendation of 2018).
struct Subscription {
  std::string source;
  std::string topic;   ///< the feed's own URL, as the feed states it
  std::string hub;     ///< as the feed states it
  std::string token;   ///< last segment of the callback path; not known to anyone else
  std::string secret;  ///< for the signatures of deliveries
  Time until{};        ///< end of the lease; Time{}: not confirmed yet

  friend bool operator==(const Subscription&, const Subscription&) = default;
};

/// An alert to be numbered and logged. Ignored if the log already contains its id.
struct NewAlert {
  std::string channel;  ///< its name in the log: the id of the watchlist
  Id id;
  std::string source;
  std::string body;       ///< JSON
  bool deferred = false;  ///< stored without a number until its channel is released
};

/// A match that raises no alert; it is only counted.
struct SuppressedMatch {
  std::string watchlist;
  bool muted = false;  ///< otherwise: below the watchlist's thresholds
};

/// The portion of an item in a batch. An item with many alerts is written in several batches, each created after the
/// previous one was committed. It counts as processed, and find_items returns it, once the last is committed.
enum class Portion : std::uint8_t {
  whole,
  beginning,  ///< alerts, and the story that the other portions must use too
  last,       ///< last of several, possibly begun before a restart
};

/// What the source said of an item when it was last processed, and the validators of its page: enough to decide later
/// whether another visit is worthwhile.
struct ItemMarks {
  Id hints;                         ///< hash of the title and text given by the source
  Id title;                         ///< hash of the title alone
  Time published{};                 ///< as stated by the source; Time{}: not stated
  Time modified{};                  ///< as stated by the source; Time{}: not stated
  Time visited{};                   ///< when its page was last read, or its hints if it has no page
  std::string etag, last_modified;  ///< of its page
  std::string answered_by;          ///< the URL to which these belong

  friend bool operator==(const ItemMarks&, const ItemMarks&) = default;
};

/// A key of an item. `kind` is "id" (the source's id), "url" (NewItem::url_key), "entry" or "content"; equal values of
/// different kinds are different keys.
inline Id item_key(std::string_view kind, std::string_view value) { return derive_id({kind, value}); }

/// The maximum number of keys per item. If a source renames an item in every answer, the first kFirstKeys and the
/// latest are kept.
inline constexpr std::size_t kKeysAtMost = 32;
inline constexpr std::size_t kFirstKeys = 8;

/// An article of a source. It is one article, regardless of the names it is listed under: each of its keys leads to it.
struct NewItem {
  std::string source;
  std::string item_id;   ///< the id under which the source first listed it
  std::int64_t row = 0;  ///< row of the KnownItem that this revises; 0, or a row that no longer exists: a new item
  std::vector<Id> keys;  ///< its current keys, which are added to the stored ones
  ItemMarks marks;
  std::string url_key;  ///< the normalized URL: equal for equal pages
  Id content;           ///< hash of title and text
  Article article;
  Time seen{};
  Id story;
  std::vector<NewAlert> alerts;
  std::vector<SuppressedMatch> suppressed;
  Portion portion = Portion::whole;
};

/// A known item that was visited again, or was listed under other keys, and is unchanged.
struct ItemVisit {
  std::int64_t row = 0;
  std::vector<Id> keys;  ///< added to the stored ones
  std::optional<ItemMarks> marks;
};

/// A batch is committed completely or not at all: a cursor is saved together with what its poll emitted.
struct Batch {
  std::vector<NewItem> items;
  std::vector<ItemVisit> visits;
  std::vector<std::int64_t> listed;  ///< rows of known items that their source still lists
  std::optional<SourceState> source_state;
  std::optional<SourceRequests> requests;
  std::optional<Subscription> subscription;  ///< replaces the source's previous one
  std::optional<std::string> release;        ///< a watchlist; its oldest kReleaseAtOnce deferred alerts are logged
};

inline constexpr std::size_t kReleaseAtOnce = 100;

struct Committed {
  std::vector<StoredAlert> alerts;    ///< the new ones, in order of seq
  std::vector<std::string> deferred;  ///< the watchlist of each newly deferred alert
  std::size_t released = 0;           ///< alerts that are no longer deferred
};

/// Counts of a watchlist's matches since the database was created.
struct WatchlistCounts {
  std::string watchlist;
  std::uint64_t alerts = 0;    ///< its newest cseq
  Time last{};                 ///< time of the newest alert still stored; Time{}: none
  std::uint64_t deferred = 0;  ///< current number
  std::uint64_t muted = 0;
  std::uint64_t below_threshold = 0;

  friend bool operator==(const WatchlistCounts&, const WatchlistCounts&) = default;
};

struct KnownItem {
  std::int64_t row = 0;
  std::string item_id;
  Id content;
  std::uint32_t revision = 1;  ///< number of contents so far; continues after retention has deleted the article
  Time first_seen{};
  Time seen{};  ///< when it was last listed, accurate to a week
  ItemMarks marks;

  friend bool operator==(const KnownItem&, const KnownItem&) = default;
};

/// A key that leads to a known item.
struct KeyMatch {
  Id key;
  bool shared = false;  ///< two items have used it, so it identifies neither
  KnownItem item;
};

/// What is needed to assign later articles to the story of this one.
struct StoryArticle {
  Id story;
  std::string title;
  std::string text;
  std::string language;
  Time seen{};
};

/// The value of a read without which the daemon cannot go on. Throws DamagedError for Errc::corrupt, and
/// std::runtime_error for other errors.
template <class Value>
Value or_throw(Result<Value> read) {
  if (read) return std::move(*read);
  if (read.error().code == Errc::corrupt) throw DamagedError(read.error().message);
  throw std::runtime_error(read.error().message);
}

/// Every member may be called from any thread. Reads block on the disk and see what is committed. A disk failure is an
/// Error, never an empty result.
class Storage {
 public:
  /// Called once: on the store thread, or on the caller's thread if the queue is full (Errc::busy) or closed
  /// (Errc::cancelled).
  using Done = std::function<void(Result<Committed>)>;

  virtual ~Storage() = default;

  /// Never waits for the disk. A batch that fails leaves no trace.
  virtual void submit(Batch batch, Done done) = 0;

  /// The known items of the source that have one of the keys: one match per known key, in the order of `keys`.
  virtual Result<std::vector<KeyMatch>> find_items(std::string_view source, std::span<const Id> keys) = 0;
  /// The story of an item whose portions are committed except for the last. Takes the content too, because a source may
  /// use one id for several items.
  virtual Result<std::optional<Id>> unfinished_story(std::string_view source, std::string_view item_id,
                                                     const Id& content) = 0;
  /// The requests of a source made with these options; if there are more than kRequestsAtMost, the most recently
  /// answered.
  virtual Result<std::vector<RequestState>> load_requests(std::string_view source, const Id& options) = 0;
  virtual Result<std::vector<SourceState>> load_sources() = 0;
  virtual Result<std::vector<Subscription>> load_subscriptions() = 0;
  virtual Result<std::vector<WatchlistCounts>> load_watchlist_counts() = 0;
  /// The newest `limit` articles since that time, oldest first. Blocks all other reads while `visit` runs.
  virtual Result<void> visit_articles(Time since, std::size_t limit,
                                      const std::function<void(const StoryArticle&)>& visit) = 0;

  /// Sets what is configured from now on. The states, requests and subscriptions of sources, and the counts of
  /// watchlists, are deleted after they have not been configured for a week.
  virtual void keep_only(std::vector<std::string> sources, std::vector<std::string> watchlists) = 0;

  /// Knows when the wall clock was last right, including before a restart.
  virtual ClockCheck& clock_check() = 0;

  /// Why nothing can be written, for people; nothing if writes succeed. Set while the disk refuses writes (the store
  /// retries every few seconds) and while the file is checked after an unclean stop. Never waits for the disk.
  [[nodiscard]] virtual std::optional<std::string> trouble() const = 0;
};

}  // namespace pw::store
